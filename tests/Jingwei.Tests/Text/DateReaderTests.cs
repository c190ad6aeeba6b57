using Jingwei.Text.Fields;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

public sealed class DateReaderTests
{
    // A Tuesday.
    private static readonly DateOnly Report = new(2014, 1, 21);

    private static readonly ReportReader Reader = new ModelFolder(ModelFolder.Shipped).OpenReports();

    [Theory]
    [InlineData("2013年12月30日中午", "2013-12-30")]
    [InlineData("1月18日", "2014-01-18")]
    [InlineData("12月30日", "2013-12-30")]
    [InlineData("18日晚", "2014-01-18")]
    [InlineData("29日凌晨", "2013-12-29")]
    [InlineData("昨天上午", "2014-01-20")]
    [InlineData("昨晚", "2014-01-20")]
    [InlineData("前天", "2014-01-19")]
    [InlineData("今晨", "2014-01-21")]
    [InlineData("上周五", "2014-01-17")]
    [InlineData("周四", "2014-01-16")]
    [InlineData("二月二十七日", "2013-02-27")]
    public void A_day_is_counted_from_the_report(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Read(text)).ToString("yyyy-MM-dd"));

    [Theory]
    [InlineData("3号线地铁")]
    [InlineData("2日游")]
    [InlineData("百余人")]
    [InlineData("2月30日")]
    public void What_is_no_day_is_not_taken_for_one(string text) => Assert.Empty(Read(text));

    [Fact]
    public void Without_the_time_of_the_report_only_whole_dates_are_known()
    {
        var dates = new List<DateExpression>();
        DateReader.Read("昨天，5月1日，2013年5月2日", default, dates);
        Assert.Equal(new DateOnly(2013, 5, 2), Assert.Single(dates).Date);
    }

    [Theory]
    [InlineData("", "新华社长沙2021年7月12日电 昨日凌晨，湖南省平江县突发山洪。", "2021-07-11")]
    [InlineData("", "7月11日凌晨，湖南省平江县突发山洪。这是该县2021年第三次山洪。", "2021-07-11")]
    [InlineData("2021年平江山洪", "7月11日凌晨，湖南省平江县突发山洪。", "2021-07-11")]
    [InlineData("", "2021年7月10日起平江县连降暴雨，11日凌晨突发山洪。", "2021-07-11")]
    [InlineData("2021年7月11日平江县突发山洪", "该县紧急转移群众。", "2021-07-11")]
    public void Without_the_time_of_the_report_a_year_is_looked_for_elsewhere(string title, string text, string expected) =>
        Assert.Equal(expected, Reader.Read(text, title).Date?.Value.ToString("yyyy-MM-dd"));

    [Fact]
    public void Without_any_year_a_day_is_no_date_and_is_asked_for()
    {
        var facts = Reader.Read("7月11日凌晨，湖南省平江县突发山洪，造成3人死亡。");
        Assert.Null(facts.Date);
        Assert.Contains("date", facts.Lacking);
    }

    [Fact]
    public void Today_is_the_day_of_the_dateline() =>
        Assert.Equal(new DateOnly(2014, 1, 20), Read("新华社南京1月20日电 今天中午，两车相撞")[1]);

    [Theory]
    [InlineData("2008年05月12日16:00", "2008-05-12")]
    [InlineData("2006-8-89:55:12", "2006-08-08")]
    [InlineData("2014-02-1613:22", "2014-02-16")]
    [InlineData("2011-12-713:41:56", "2011-12-07")]
    [InlineData("2008.06.1305:10:00", "2008-06-13")]
    [InlineData("2007/12/07", "2007-12-07")]
    [InlineData("2020-01-06T12:09:38", "2020-01-06")]
    public void The_time_of_a_report_is_read_as_newsrooms_write_it(string written, string expected) =>
        Assert.Equal(expected, ReportTime.Read(written)!.Value.ToString("yyyy-MM-dd"));

    private static List<DateOnly> Read(string text)
    {
        var dates = new List<DateExpression>();
        DateReader.Read(text, new DateAnchor(Report, null), dates);
        return dates.ConvertAll(date => date.Date);
    }
}
