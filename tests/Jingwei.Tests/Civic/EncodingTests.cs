using System.Text;
using Jingwei.Civic;
using Jingwei.Civic.Cap;

namespace Jingwei.Tests.Civic;

public sealed class EncodingTests
{
    private const string Chinese = "暴雨橙色预警：预计未来六小时，全市降雨量将达五十毫米以上，请注意防范。";

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string, string?, string, string, bool> Documents() => new()
    {
        // the text, the server's charset, the declaration, what it is written in, and whether something is wrong
        { Chinese, null, "UTF-8", "utf-8", false },
        { Chinese, "utf-8", "UTF-8", "utf-8", false },
        { Chinese, null, "", "utf-8", false },
        { Chinese, null, "GBK", "GBK", false },
        { Chinese, null, "gb2312", "GBK", false },
        { Chinese, null, "GB18030", "GB18030", false },
        { "降雨𠮷", null, "GB18030", "GB18030", false },
        { Chinese, "gbk", "GBK", "GBK", false },
        { Chinese, null, "UTF-8", "GB18030", true },
        { Chinese, "utf-8", "UTF-8", "GB18030", true },
        { Chinese, "utf-8", "GBK", "GBK", true },
        { Chinese, "gbk", "UTF-8", "GBK", true },
        { Chinese, "iso-8859-1", "GBK", "GBK", true },
        { Chinese, "iso-8859-1", "UTF-8", "GBK", true },
        { Chinese, "iso-8859-1", "UTF-8", "utf-8", true },
        { Chinese, null, "GBK", "utf-8", true },
        { Chinese, null, "", "GB18030", true },
        { Chinese, null, "x-nonsense", "GB18030", true },
        { Chinese, "big5", "UTF-8", "utf-8", true },
        { "联通", null, "GBK", "GBK", false },
        { "联通", null, "UTF-8", "GBK", true },
        { "Usulután, El Salvador", null, "ISO-8859-1", "iso-8859-1", false },
        { "Usulután, El Salvador", null, "UTF-8", "utf-8", false },
        { "Précipitations à Montréal, été", null, "ISO-8859-1", "iso-8859-1", false },
        { "Précipitations à Montréal, été", "iso-8859-1", "UTF-8", "iso-8859-1", true },
        { "豪雨特報", null, "Big5", "big5", false },
        { "大雨警報", null, "Shift_JIS", "shift_jis", false },
        { Chinese, null, "UTF-16", "utf-16", false },
        { Chinese, null, "UTF-16", "utf-16BE", false },
        { "plain ASCII", null, "US-ASCII", "utf-8", false },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_text_is_read_whatever_is_said_of_its_encoding(string text, string? charset, string declared, string actual, bool isWrong)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(actual) ?? Encoding.GetEncoding(actual);
        var document = CapSample.Alert().Replace("encoding=\"UTF-8\"", declared.Length > 0 ? $"encoding=\"{declared}\"" : "").Replace("a note", text);
        byte[] mark = actual.StartsWith("utf-16", StringComparison.Ordinal) ? encoding.GetPreamble() : [];
        var reading = CapReader.Read([.. mark, .. encoding.GetBytes(document)], new() { IsLenient = true, Charset = charset });

        Assert.Equal(text, reading.Alert!.Note);
        Assert.Equal(isWrong, reading.Problems.Any(problem => problem.Code == ProblemCode.WrongEncoding));
        Assert.All(reading.Problems, problem => Assert.Equal(ProblemCode.WrongEncoding, problem.Code));
    }

    [Fact]
    public void A_byte_order_mark_decides()
    {
        var document = CapSample.Alert().Replace("UTF-8", "GBK").Replace("a note", Chinese);
        var reading = CapReader.Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(document)], new() { IsLenient = true, Charset = "gbk" });
        Assert.Equal(Chinese, reading.Alert!.Note);
        Assert.Equal([ProblemLevel.Warning, ProblemLevel.Error], reading.Problems.Select(problem => problem.Level));
    }

    [Fact]
    public void A_few_lost_bytes_cost_no_more_than_themselves()
    {
        var bytes = Encoding.UTF8.GetBytes(CapSample.Alert().Replace("a note", Chinese));
        var at = bytes.AsSpan().IndexOf("暴"u8);
        var reading = CapReader.Read([.. bytes[..at], .. bytes[(at + 1)..]], new() { IsLenient = true });
        Assert.EndsWith(Chinese[1..], reading.Alert!.Note, StringComparison.Ordinal);
        Assert.StartsWith("\uFFFD", reading.Alert.Note, StringComparison.Ordinal);
        Assert.Equal((ProblemCode.WrongEncoding, ProblemLevel.Error), (Assert.Single(reading.Problems).Code, reading.Problems[0].Level));
    }

    [Fact]
    public void An_alert_whose_encoding_is_not_the_declared_one_is_invalid()
    {
        var bytes = Gb18030.GetBytes(CapSample.Alert().Replace("a note", Chinese));
        Assert.Null(CapReader.Read(bytes).Alert);
        Assert.NotNull(CapReader.Read(Gbk.GetBytes(CapSample.Alert().Replace("a note", Chinese)), new() { Charset = "gbk" }).Alert);
    }
}
