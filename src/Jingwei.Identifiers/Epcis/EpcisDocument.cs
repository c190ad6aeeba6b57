using System.Text.Json;

namespace Jingwei.Identifiers.Epcis;

/// <summary>What kind of text events came in.</summary>
public enum EpcisDocumentKind
{
    /// <summary>Nothing that could be recognised.</summary>
    Unknown,

    /// <summary>`EPCISDocument`, for capture.</summary>
    Document,

    /// <summary>`EPCISQueryDocument`, the answer to a query.</summary>
    QueryDocument,

    /// <summary>One event by itself.</summary>
    Event,

    /// <summary>Events by themselves, in an array.</summary>
    EventArray,
}

/// <summary>What was read: the events that are right, and what is wrong with the others and with the document.</summary>
public sealed class EpcisDocument : IDisposable
{
    private readonly JsonDocument? json;

    internal EpcisDocument(JsonDocument? json) => this.json = json;

    /// <summary>What kind of text it is.</summary>
    public EpcisDocumentKind Kind { get; internal set; }

    /// <summary>What its prefixes stand for; events may add their own.</summary>
    public EpcisContext Context { get; internal set; } = EpcisContext.Standard;

    /// <summary>Version of the schema that it names: `2.0`; null where it names none.</summary>
    public string? SchemaVersion { get; internal set; }

    /// <summary>When it was made; null where it does not say.</summary>
    public DateTimeOffset? CreationDate { get; internal set; }

    /// <summary>The events that are right, in their order. Events that have a problem are not among them; <see cref="EpcisEvent.Index"/> is the place in the document all the same.</summary>
    public IReadOnlyList<EpcisEvent> Events { get; internal set; } = [];

    /// <summary>How many events it has, right or wrong.</summary>
    public int EventCount { get; internal set; }

    /// <summary>What is wrong, up to <see cref="EpcisLimits.Problems"/>.</summary>
    public IReadOnlyList<EpcisProblem> Problems { get; internal set; } = [];

    /// <summary>Whether there are more problems than are listed.</summary>
    public bool HasMoreProblems { get; internal set; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => Problems.Count == 0;

    /// <summary>Full names of the fields that event hashes leave out, by the document's extension `ignoreFields` of the namespace `https://repository-x.example.com/`, as the reference implementation of the hash has it.</summary>
    public IReadOnlyList<string> IgnoredFields { get; internal set; } = [];

    /// <summary>The document whole, header and extensions included; undefined where it is not JSON.</summary>
    public JsonElement Json => json?.RootElement ?? default;

    /// <summary>Gives the index of the JSON back to its pool. The fields of events stay; their <see cref="EpcisEvent.Json"/> and that of their parts is gone.</summary>
    public void Dispose() => json?.Dispose();
}
