"""What one takes away of a list: all of it when it is on its page, else the workbook of the whole directory."""

from annuaire.pages import environment
from annuaire.pages.rows import Pagination


def test_a_list_on_several_pages_leads_to_the_whole_workbook() -> None:
    module = environment().get_template("_parts.html").module
    whole = str(module.takeaway("../", Pagination(1, ((1, "entreprises/"),))))  # type: ignore[attr-defined]
    part = str(module.takeaway("../", Pagination(2, ((1, "entreprises/"), (2, "entreprises/page-2/")))))  # type: ignore[attr-defined]
    assert "data-print-page" in whole
    assert "data-print-page" in part
    assert "data-listing-workbook" in whole
    assert "data-listing-workbook" not in part, "a workbook of one page would pass for the whole"
    assert 'href="../donnees/entreprises.xlsx"' in part
