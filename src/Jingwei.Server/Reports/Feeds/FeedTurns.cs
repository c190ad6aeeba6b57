using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Feeds;
using Jingwei.Server.Access;
using Jingwei.Server.Reports.Warnings;

namespace Jingwei.Server.Reports.Feeds;

/// <summary>Reads a feed once: entries with an alert are warnings, the others reports. What came before is a duplicate.</summary>
internal sealed class FeedTurns(FeedFetch fetch, AlertIntake alerts, ReportIntake intake, TimeProvider time)
{
    // What a page of problems holds.
    private const int MostProblems = 20;

    // Alerts that are fetched for one reading of a feed; those behind them come with the next one.
    private const int MostAlerts = 100;

    private const int DigestLength = 16;

    private static readonly TimeSpan Future = TimeSpan.FromMinutes(10);

    public async Task<FeedTurn> ReadAsync(ReportFeed feed, CancellationToken cancellation)
    {
        try
        {
            var fetched = await fetch.GetAsync(feed.Url, feed.Tag, feed.Modified, cancellation);
            return fetched.Body is null
                ? new(0, 0, 0, 0, 0, null, []) { Tag = fetched.Tag, Modified = fetched.Modified }
                : await TakeAsync(feed, fetched, cancellation) with { Tag = fetched.Tag, Modified = fetched.Modified };
        }
        catch (FetchException failure)
        {
            return FeedTurn.Failed(failure.Message);
        }
        catch (ReportsFullException full)
        {
            return FeedTurn.Failed(full.Message);
        }
    }

    private async Task<FeedTurn> TakeAsync(ReportFeed feed, Fetched fetched, CancellationToken cancellation)
    {
        var read = FeedReader.Read(fetched.Body, new() { Charset = fetched.Charset, Address = new Uri(feed.Url), AssumedOffset = TimeSpan.FromHours(8) });
        if (read.Kind == FeedKind.None)
        {
            // An address may be that of one alert.
            var single = alerts.Take(fetched.Body!, fetched.Charset, Actor(feed));
            return single.Reading.Alert is null
                ? FeedTurn.Failed(read.Problems.Count > 0 ? read.Problems[0].ToString() : "The document is neither a feed nor an alert.")
                : new(1, 0, single.Duplicate ? 1 : 0, single.Warning is null ? 0 : 1, single.Fault is null ? 0 : 1, null, single.Fault is null ? [] : [single.Fault]) { Format = "CAP" };
        }

        var (warnings, duplicates, refused, fetches) = (0, 0, 0, 0);
        var problems = read.Problems.Select(problem => problem.ToString()).ToList();
        var reports = new List<NewReport>();
        foreach (var entry in read.Entries)
        {
            if (entry.Alert is null && entry.AlertLink is null)
            {
                reports.AddRange(ReportOf(feed, entry) is { } report ? [report] : []);
                continue;
            }

            if (entry.Alert is null && ++fetches > MostAlerts)
            {
                break;
            }

            var outcome = await AlertAsync(feed, entry, cancellation);
            warnings += outcome.Warning is null ? 0 : 1;
            duplicates += outcome.Duplicate ? 1 : 0;
            refused += outcome.Fault is null ? 0 : 1;
            problems.AddRange(outcome.Fault is { } fault ? [$"{entry.Id}: {fault}"] : []);
        }

        var receipts = reports.Count > 0 ? intake.Receive(Caller.System, reports)! : [];
        var again = receipts.Count(receipt => receipt.Duplicate);
        refused += read.Entries.Count(entry => entry.Alert is null && entry.AlertLink is null) - reports.Count;
        return new(read.Entries.Count, receipts.Count - again, duplicates + again, warnings, refused, null, [.. problems.Take(MostProblems)]) { Format = Name(read.Kind) };
    }

    private async Task<(Warning? Warning, bool Duplicate, string? Fault)> AlertAsync(ReportFeed feed, FeedEntry entry, CancellationToken cancellation)
    {
        try
        {
            if (entry.Alert is { Alert: { } embedded } reading)
            {
                using var document = new MemoryStream();
                // As it stands in the feed it has no beginning of its own: it is kept as CAP writes it, or, where it breaks the standard, as what was read of it.
                var whole = CapWriter.Check(embedded).All(problem => problem.Level != Civic.ProblemLevel.Error);
                if (whole)
                {
                    CapWriter.Write(embedded, document);
                }

                var taken = alerts.Take(reading, whole ? document.ToArray() : JsonSerializer.SerializeToUtf8Bytes(embedded), Actor(feed));
                return (taken.Warning, taken.Duplicate, taken.Fault);
            }

            if (entry.AlertLink is not { } link)
            {
                return (null, false, entry.Alert?.Problems is [var first, ..] ? first.ToString() : "The alert cannot be read.");
            }

            var fetched = await fetch.GetAsync(link, null, null, cancellation);
            var outcome = alerts.Take(fetched.Body!, fetched.Charset, Actor(feed));
            return (outcome.Warning, outcome.Duplicate, outcome.Fault);
        }
        catch (FetchException failure)
        {
            return (null, false, failure.Message);
        }
    }

    // Null for an entry that says nothing, or of a feed whose entries are no reports.
    private NewReport? ReportOf(ReportFeed feed, FeedEntry entry)
    {
        var text = Cut((entry.Content ?? entry.Summary ?? entry.Title).Trim(), ReportLimits.Text);
        var title = Cut(entry.Title.Trim().ReplaceLineEndings(" "), ReportLimits.Title);
        if (feed.Reports == 0 || (text.Length == 0 && title.Length == 0))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var said = entry.Published ?? entry.Updated ?? now;
        return new NewReport(
            feed.Type, feed.Party, null, feed.Region, ReportChannel.Feed, feed.SourceKind, Cut(feed.Name, ReportLimits.Name), title, text.Length > 0 ? text : title,
            said > now + Future ? now : said, entry.Point is { IsValid: true } point ? new LonLat(point.Longitude, point.Latitude) : null, null, External(entry.Id, title, text), false)
        {
            Link = entry.Link is { Length: <= 2048 } link && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? entry.Link : null,
            Original = new("application/json", JsonSerializer.SerializeToUtf8Bytes(entry with { Alert = null }, JsonSerializerOptions.Web)),
        };
    }

    // An entry that says something else than before is another report.
    private static string External(string id, string title, string text) =>
        $"{Cut(id, ReportLimits.Name - DigestLength - 1)}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{text}")))[..DigestLength]}";

    private static string Name(FeedKind kind) => kind switch
    {
        FeedKind.Atom => "Atom 1.0",
        FeedKind.Rss1 => "RSS 1.0",
        _ => "RSS 2.0",
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static string Actor(ReportFeed feed) => $"feed/{feed.Id}";
}
