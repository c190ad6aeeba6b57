using System.Buffers;
using System.IO.Pipelines;
using CsvHelper;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>Many identifiers in one request: NDJSON or CSV, written as they come, answered with a report by row.</summary>
internal static class BatchEndpoints
{
    /// <summary>Largest request: two million short rows. Larger files are sent in parts.</summary>
    private const long BodyBytes = 512L << 20;

    // A row's values, escaped at their worst, and its names.
    private const int LineBytes = (IdentifierLimits.ValueBytes * 6) + (8 << 10);

    public static void MapRegistrations(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/identifiers/batch", RegisterAsync).Requires(Right.Configure).WithMetadata(new BodyLimit(BodyBytes))
            .Produces<RegistrationReport>()
            .WithSummary("Registers identifiers, one a line: application/x-ndjson, or text/csv with a column `handle` and one for each type. `mode` is create or put; `report=all` lists every row.");

    private static async Task<IResult> RegisterAsync(
        Caller caller, string? mode, string? report, HttpRequest request, Registrar registrar, Audiences audiences, CancellationToken cancellation)
    {
        if (ModeOf(mode) is not { } wanted || report is not (null or "all" or "rejected"))
        {
            return Problems.Invalid("bad-mode", "mode is create or put; report is rejected or all.");
        }

        using var registration = registrar.Begin(caller, wanted, report == "all");
        var type = request.ContentType?.Split(';')[0].Trim();
        var fault = type switch
        {
            "text/csv" => await ReadCsvAsync(request.Body, registration, cancellation),
            "application/x-ndjson" or "application/json" => await ReadLinesAsync(request.BodyReader, registration, audiences, cancellation),
            _ => "Content-Type is application/x-ndjson or text/csv.",
        };
        registration.Write();
        // What was registered before the file turned out to be broken stays, and is reported.
        return fault is null
            ? TypedResults.Ok(registration.Report.Close())
            : Problems.Of(StatusCodes.Status400BadRequest, "bad-file", "The request is not valid.", fault, ("report", registration.Report.Close()));
    }

    private static WriteMode? ModeOf(string? mode) => mode switch
    {
        null or "create" => WriteMode.Create,
        "put" => WriteMode.Put,
        _ => null,
    };

    private static async Task<string?> ReadLinesAsync(PipeReader body, RowRegistration registration, Audiences audiences, CancellationToken cancellation)
    {
        var row = new RowWriter();
        var json = new JsonRow(row, audiences);
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (TryLine(ref rest, read.IsCompleted, out var line))
            {
                Add(line, row, json, registration);
            }

            if (rest.Length > LineBytes)
            {
                return $"A line is longer than {LineBytes} bytes.";
            }

            body.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private static bool TryLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            (line, rest) = (rest.Slice(0, end), rest.Slice(rest.GetPosition(1, end)));
            return true;
        }

        (line, rest) = isLast ? (rest, rest.Slice(rest.End)) : (default, rest);
        return isLast && !line.IsEmpty;
    }

    private static void Add(in ReadOnlySequence<byte> line, RowWriter row, JsonRow json, RowRegistration registration)
    {
        var copied = ArrayPool<byte>.Shared.Rent(line.IsSingleSegment ? 0 : (int)line.Length);
        var text = line.IsSingleSegment ? line.FirstSpan : Copy(line, copied);
        // An empty line is no row.
        if (text.ContainsAnyExcept(" \t\r"u8))
        {
            var fault = json.Read(text);
            registration.Add(row, json.Template, fault ?? (json.IsNamed ? null : RowFault.Name));
        }

        ArrayPool<byte>.Shared.Return(copied);
    }

    private static ReadOnlySpan<byte> Copy(in ReadOnlySequence<byte> line, byte[] destination)
    {
        line.CopyTo(destination);
        return destination.AsSpan(0, (int)line.Length);
    }

    private static async Task<string?> ReadCsvAsync(Stream body, RowRegistration registration, CancellationToken cancellation)
    {
        await using var csv = CsvReader.Create(body, new CsvReaderOptions { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw }, true);
        try
        {
            return await ReadCsvAsync(csv, registration, cancellation);
        }
        catch (CsvFormatException fault)
        {
            return $"The quotes of line {fault.LineNumber} cannot be told apart: a quote within quotes is doubled, and each is closed.";
        }
    }

    private static async Task<string?> ReadCsvAsync(CsvReader csv, RowRegistration registration, CancellationToken cancellation)
    {
        if (!await csv.ReadAsync(cancellation))
        {
            return "The file is empty: its first line names the columns.";
        }

        var (columns, fault) = CsvColumns.Of([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        if (columns is null)
        {
            return fault;
        }

        var row = new RowWriter();
        while (await csv.ReadAsync(cancellation))
        {
            var rowFault = columns.Read(csv, row, out var template);
            registration.Add(row, template, rowFault);
        }

        return null;
    }
}
