from dataclasses import replace

from tests.quality.records import make_article, make_report

from casualties.quality.event_frames import attachment_frame, figure_frame, report_frame


def test_parts_that_contain_each_other_hang_on_nothing_held_back():
    article = make_article()
    a, b = make_report(article, 0), make_report(article, 1)
    a, b = replace(a, part_of_report=b.report_id), replace(b, part_of_report=a.report_id)
    frame = attachment_frame([a, b], {article.version_id: article}, set(), set())
    assert frame["held_whole"].isna().all()
    assert attachment_frame([a, b], {}, set(), {b.report_id})["held_whole"][0] == b.report_id


def test_frames_are_flat_and_keep_the_types_of_columns_without_values():
    article = make_article()
    report = make_report(article, killed=None, injured=None, place=None, date=None, evidence=())
    for make in (report_frame, figure_frame):
        full = make([make_report(article)], {article.version_id: article})
        for rows in ([report], []):
            bare = make(rows, {article.version_id: article})
            assert dict(bare.dtypes) == dict(full.dtypes)
        assert set(map(str, full.dtypes)) <= {"str", "Int64", "Float64", "boolean"}
