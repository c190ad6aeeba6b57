using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Identifiers.Epcis.Vocabulary;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts.Capture;

/// <summary>Takes events in: checks them, gives each the id that its content has where it came without one, and writes them with the job that says so.</summary>
internal sealed class Capturing(FactStore store, NameBook names, MasterDataBook masterData, TimeProvider clock)
{
    /// <summary>Limits of a document.</summary>
    public static EpcisLimits Limits { get; } = new()
    {
        Bytes = FactLimits.CaptureBytes,
        Events = FactLimits.CaptureEvents,
        ContextBytes = FactLimits.ContextBytes,
        NamespaceCharacters = FactLimits.NamespaceCharacters,
    };

    /// <summary>How jobs are kept and told.</summary>
    public static JsonSerializerOptions JobJson { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Captures a document; when this returns its events are on disk.</summary>
    /// <param name="proceed">Whether the right events are captured where others are wrong.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public CaptureJob Capture(EpcisDocument document, string party, string actor, bool proceed)
    {
        var created = clock.GetUtcNow();
        var batch = new FactBatch(names.NumberOf(party));
        var errors = Check(document, batch);
        var warnings = document.Events.SelectMany(Warnings).Take(Limits.Problems).ToList();
        var (told, fitting) = MasterDataOf(document, party, created);
        if (fitting.Count < told.Count)
        {
            warnings.Add(Error(EpcisProblemType.CaptureLimitExceeded, $"{told.Count - fitting.Count} elements of the master data are not kept: a party has at most {FactLimits.PlacesOfParty} places and {FactLimits.OthersOfParty} others, each of at most {FactLimits.MasterDataBytes} bytes.", null, null));
        }

        CaptureJob? job = null;
        if (errors.Count > 0 && !proceed)
        {
            return JobOf(created, created, proceed, errors, batch, false);
        }

        store.Write(batch, names.NumberOf(actor), !proceed, recorded =>
        {
            foreach (var row in batch.Rows)
            {
                if (row.Outcome == FactOutcome.IdTaken)
                {
                    errors.Add(Error(EpcisProblemType.ResourceAlreadyExists, $"Another event has the id {row.Id}.", null, row.Index));
                }
            }

            job = JobOf(created, recorded, proceed, errors, batch, proceed || !batch.HasTaken) with { Warnings = warnings };
            return (job.CaptureID, JsonSerializer.SerializeToUtf8Bytes(job, JobJson));
        });
        if (proceed || !batch.HasTaken)
        {
            masterData.Keep(party, fitting);
        }

        return job!;
    }

    /// <summary>Captures one event; its id and what came of it, or what is wrong.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public (string Id, FactOutcome Outcome, IReadOnlyList<CaptureError> Errors) CaptureEvent(EpcisDocument document, string party, string actor)
    {
        var batch = new FactBatch(names.NumberOf(party));
        var errors = Check(document, batch);
        if (errors.Count > 0 || batch.Count != 1)
        {
            return ("", FactOutcome.Pending, errors);
        }

        store.Write(batch, names.NumberOf(actor), true, null);
        return (batch.Rows[0].Id, batch.Rows[0].Outcome, []);
    }

    // A document that is captured again says nothing new; one from a clock that is ahead does not speak for days to come.
    private (IReadOnlyList<MasterDataElement> Told, IReadOnlyList<MasterDataElement> Fitting) MasterDataOf(EpcisDocument document, string party, DateTimeOffset now)
    {
        var said = document.CreationDate is { } made && made < now ? made : now;
        var told = MasterDataElement.Of(document, FactTime.Of(said));
        return (told, masterData.Fitting(party, told));
    }

    private static List<CaptureError> Check(EpcisDocument document, FactBatch batch)
    {
        var errors = document.Problems.Select(problem => Error(EpcisProblemType.Validation, problem.Message, problem.Path, problem.EventIndex)).ToList();
        foreach (var read in document.Events)
        {
            if (batch.Add(read, document.IgnoredFields) is { } fault)
            {
                errors.Add(Error(EpcisProblemType.Validation, fault, null, read.Index));
            }
        }

        return errors;
    }

    // Only the CBV itself adds words to its lists (CBV 2.0, 6.1), but published documents do, and what happened has happened. The job outlives what may
    // be erased of the event: it says where the word is, and not the word.
    private static IEnumerable<CaptureError> Warnings(EpcisEvent read) => CbvCheck.UnknownWords(read).Select(word => Error(
        EpcisProblemType.Validation, $"This is no {word.Vocabulary.Name} of the Core Business Vocabulary; own words have an address of their own.", word.Field, read.Index));

    private static CaptureJob JobOf(DateTimeOffset created, DateTimeOffset finished, bool proceed, List<CaptureError> errors, FactBatch batch, bool isWritten)
    {
        var (captured, duplicates) = (0, 0);
        foreach (var row in batch.Rows)
        {
            captured += isWritten && row.Outcome == FactOutcome.Captured ? 1 : 0;
            duplicates += row.Outcome == FactOutcome.Duplicate ? 1 : 0;
        }

        return new(Ulid.New(created), created, finished, false, errors.Count == 0, proceed ? "proceed" : "rollback", errors, [], captured, duplicates);
    }

    private static CaptureError Error(EpcisProblemType type, string detail, string? path, int? at) => new(type.Type, type.Title, type.Status, detail, path, at);
}
