using System.Text;
using System.Text.Json;
using Jingwei.Server.Reports;

namespace Jingwei.Tests.Reports;

public sealed class LineFilterTests
{
    [Fact]
    public void Every_line_is_answered_in_order_and_a_bad_one_harms_no_other()
    {
        string[] lines =
        [
            """{"id":"a","text":"甲"}""",
            "no json",
            "[1]",
            "",
            """{"id":7,"text":5}""",
            """{"id":{"x":1},"text":"\ud800"}""",
            """{"id":9,"text":"乙"}""",
        ];

        var (bad, answers) = Run(string.Join('\n', lines));

        Assert.Equal(5, bad);
        Assert.Equal(lines.Length, answers.Length);
        Assert.Equal("""{"id":"a","length":1}""", answers[0]);
        Assert.Equal("""{"id":9,"length":1}""", answers[6]);
        Assert.All(answers[1..6], answer => Assert.False(string.IsNullOrEmpty(JsonDocument.Parse(answer).RootElement.GetProperty("error").GetString())));
        Assert.Equal(7, JsonDocument.Parse(answers[4]).RootElement.GetProperty("id").GetInt32());
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(answers[1]).RootElement.GetProperty("id").ValueKind);
    }

    [Fact]
    public void A_line_that_is_too_long_is_answered_and_the_next_read()
    {
        var (bad, answers) = Run($"{{\"text\":\"{new string('x', LineFilter.LongestLine)}\"}}\n{{\"id\":1,\"text\":\"\"}}");

        Assert.Equal(1, bad);
        Assert.Contains("at most", answers[0], StringComparison.Ordinal);
        Assert.Equal("""{"id":1,"length":0}""", answers[1]);
    }

    private static (int Bad, string[] Answers) Run(string input)
    {
        using var output = new MemoryStream();
        var bad = LineFilter.OfTexts.Run(new StringReader(input), output, (row, writer) => writer.WriteNumber("length", row.GetProperty("text").GetString()!.Length));
        return (bad, Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n'));
    }
}
