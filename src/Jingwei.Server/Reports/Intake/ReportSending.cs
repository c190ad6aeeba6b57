using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Jingwei.Server.Reports.Intake;

/// <summary>What the sender of a report is answered at once.</summary>
/// <param name="Duplicate">It came before, and nothing was done.</param>
/// <param name="Report">How it stands, where the sender waited for it.</param>
public sealed record ReportAnswer(string Id, bool Duplicate, ReportState State, ReportItem? Report);

/// <summary>Takes single reports in: as JSON, or as a form with files.</summary>
internal sealed class ReportSending(ReportCheck check, Attachments attachments, ReportIntake intake, ReportView view, TimeProvider time, IOptions<JsonOptions> json)
{
    // As long as a person looks at a form that was sent.
    private const double LongestWait = 5;

    private const int Piece = 64 * 1024;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task<IResult> SendAsync(Caller caller, HttpRequest http, double? wait, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var (request, original, files) = http.HasFormContentType ? await FormAsync(http, faults, cancellation) : await BodyAsync(http, faults, cancellation);
        if (request is null || faults.Count > 0)
        {
            return Refused(faults);
        }

        var channel = http.HasFormContentType ? ReportChannel.Form : ReportChannel.Api;
        if (check.Check(caller, request, channel, faults) is not { } report)
        {
            return Refused(faults);
        }

        var key = KeyOf(caller, http, original, files);
        if (key is { Key.Length: 0 or > CaseLimits.Key })
        {
            return Problems.Invalid("key-invalid", $"An Idempotency-Key has 1 to {CaseLimits.Key} characters.");
        }

        try
        {
            var receipts = intake.Receive(caller, [report with { Original = original, Files = files }], key);
            return receipts is null
                ? Problems.Of(StatusCodes.Status422UnprocessableEntity, "key-reused", "This Idempotency-Key came with another request.", "Use a new key for another report.")
                : await AnswerAsync(caller, receipts[0], Math.Clamp(wait ?? 0, 0, LongestWait), cancellation);
        }
        catch (ReportsFullException full)
        {
            http.HttpContext.Response.Headers.RetryAfter = "60";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "reports-full", "No more reports are taken in now.", full.Message);
        }
    }

    private async Task<IResult> AnswerAsync(Caller caller, ReportReceipt receipt, double wait, CancellationToken cancellation)
    {
        // Nobody has to look for what was taken in just now, and is not waited for.
        if (wait == 0 && !receipt.Duplicate)
        {
            return TypedResults.Created($"/api/reports/{receipt.Id}", new ReportAnswer(receipt.Id, false, ReportState.Waiting, null));
        }

        var begun = time.GetTimestamp();
        var row = view.Find(caller, receipt.Id);
        while (row is { State: (long)ReportState.Waiting } && time.GetElapsedTime(begun).TotalSeconds < wait)
        {
            await Task.Delay(Look, time, cancellation);
            row = view.Find(caller, receipt.Id);
        }

        var answer = new ReportAnswer(receipt.Id, receipt.Duplicate, (ReportState)(row?.State ?? 0), wait > 0 && row is not null ? view.Item(row) : null);
        return receipt.Duplicate ? TypedResults.Ok(answer) : TypedResults.Created($"/api/reports/{receipt.Id}", answer);
    }

    private async Task<(ReportRequest? Request, ReportOriginal Original, IReadOnlyList<ReportFile> Files)> BodyAsync(HttpRequest http, List<string> faults, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        using var piece = MemoryPool<byte>.Shared.Rent(Piece);
        while (await http.Body.ReadAsync(piece.Memory, cancellation) is > 0 and var read)
        {
            body.Write(piece.Memory.Span[..read]);
            if (body.Length > ReportLimits.Original)
            {
                faults.Add($"body: more than {ReportLimits.Original} bytes");
                return (null, new("application/json", []), []);
            }
        }

        var original = new ReportOriginal("application/json", body.ToArray());

        try
        {
            return (JsonSerializer.Deserialize<ReportRequest>(original.Body, json.Value.SerializerOptions), original, []);
        }
        catch (JsonException fault)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"body: no report as JSON, at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: {fault.Path}"));
            return (null, original, []);
        }
    }

    private async Task<(ReportRequest? Request, ReportOriginal Original, IReadOnlyList<ReportFile> Files)> FormAsync(HttpRequest http, List<string> faults, CancellationToken cancellation)
    {
        var form = await http.ReadFormAsync(cancellation);
        var original = new ReportOriginal(
            "application/x-www-form-urlencoded",
            System.Text.Encoding.UTF8.GetBytes(string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value.ToString())}"))));
        if (form.Files.Count > ReportLimits.Files)
        {
            faults.Add($"files: {form.Files.Count}, at most {ReportLimits.Files}");
            return (null, original, []);
        }

        var files = new List<ReportFile>();
        foreach (var file in form.Files)
        {
            await using var body = file.OpenReadStream();
            var (taken, fault) = await attachments.TakeAsync(Path.GetFileName(file.FileName), body, cancellation);
            if (taken is null)
            {
                faults.Add(fault!);
                return (null, original, []);
            }

            files.Add(taken);
        }

        return (Read(form, faults), original, files);
    }

    private static ReportRequest Read(IFormCollection form, List<string> faults)
    {
        return new ReportRequest(
            Text("type"), Text("party"), Text("region"), Text("sourceKind"), Text("source"), Text("title"), Text("text"), Time(), Position(), Text("place"), Text("external"), Text("link"),
            Text("exercise") is "true");

        string? Text(string name) => form.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

        DateTimeOffset? Time()
        {
            if (Text("time") is not { } text)
            {
                return null;
            }

            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            faults.Add("time: as in RFC 3339");
            return null;
        }

        LonLat? Position()
        {
            var (lon, lat) = (Text("lon"), Text("lat"));
            if (lon is null && lat is null)
            {
                return null;
            }

            if (double.TryParse(lon, CultureInfo.InvariantCulture, out var east) && double.TryParse(lat, CultureInfo.InvariantCulture, out var north))
            {
                return new(east, north);
            }

            faults.Add("lon, lat: two numbers, in degrees");
            return null;
        }
    }

    private static ReportKey? KeyOf(Caller caller, HttpRequest http, ReportOriginal original, IReadOnlyList<ReportFile> files)
    {
        if (!http.Headers.TryGetValue("Idempotency-Key", out var key))
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(original.Body);
        foreach (var file in files)
        {
            hash.AppendData(Convert.FromHexString(file.Hash));
        }

        return new($"{caller.Kind}:{caller.Id}", key.ToString(), hash.GetHashAndReset());
    }

    private static ProblemHttpResult Refused(List<string> faults) =>
        Problems.Invalid("bad-report", "Nothing was taken in. Each mistake is told with its field.", faults);
}
