from tests.bench import ledger


def test_benchmark_of_the_ledger_runs_and_compares() -> None:
    found = list(ledger.figures(quick=True))

    assert len(found) == 1 + 2 * (2 + 3 + 2 + 2)
    assert all(each.value > 0 for each in found)
    assert all((each.ratio is None) == (each.reference is None) for each in found)
