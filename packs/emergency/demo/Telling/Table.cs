using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Jingwei.Demo.Emergency.Telling;

/// <summary>The table that offices keep of what they do, uploaded as CSV with the heads that such tables have.</summary>
internal sealed class Table(Api desk)
{
    private const string Head = "编号,时间,报送单位,行政区划代码,内容\r\n";

    private readonly Lock gate = new();
    private readonly List<Utterance> rows = [];

    public void Add(Utterance utterance)
    {
        lock (gate)
        {
            rows.Add(utterance);
        }
    }

    /// <summary>Uploads the rows since the last time; those that were not taken wait for the next.</summary>
    public async Task UploadAsync(CancellationToken stop)
    {
        List<Utterance> waiting;
        lock (gate)
        {
            waiting = [.. rows];
        }

        if (waiting.Count == 0)
        {
            return;
        }

        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Head + string.Concat(waiting.Select(Row))));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv", "utf-8");
        await desk.PostAsync("api/reports/upload?sourceKind=department", body, stop);
        lock (gate)
        {
            rows.RemoveRange(0, waiting.Count);
        }
    }

    private static string Row(Utterance utterance) => string.Join(',', new[]
    {
        utterance.External, utterance.At.ToString("O", CultureInfo.InvariantCulture), utterance.Said.SourceName, utterance.Said.Story.Region, utterance.Text,
    }.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";
}
