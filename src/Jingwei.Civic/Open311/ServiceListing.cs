using System.Diagnostics.CodeAnalysis;

namespace Jingwei.Civic.Open311;

/// <summary>When a request of a service gets its id (GeoReport v2, GET Service List).</summary>
public enum ServiceType
{
    /// <summary>At once.</summary>
    Realtime,
    /// <summary>Later: there is a token to ask for it with.</summary>
    Batch,
    /// <summary>Never.</summary>
    Blackbox,
}

/// <summary>A service that can be asked for, or a kind of thing that can be reported (a `service` of the list).</summary>
/// <param name="HasDefinition">There is a <see cref="ServiceDefinition"/> (`metadata`).</param>
public sealed record ServiceListing(
    string ServiceCode, string ServiceName, string? Description, bool HasDefinition, ServiceType Type, IReadOnlyList<string> Keywords, string? Group);

/// <summary>What is asked beside place and description (GET Service Definition).</summary>
public sealed record ServiceDefinition(string ServiceCode, IReadOnlyList<ServiceQuestion> Attributes);

/// <summary>What an answer is.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the names that the specification gives them.")]
public enum AttributeDatatype
{
    /// <summary>A line of text.</summary>
    String,
    Number,
    /// <summary>ISO 8601.</summary>
    Datetime,
    /// <summary>Text of several lines.</summary>
    Text,
    /// <summary>One of the values.</summary>
    SingleValueList,
    /// <summary>Some of the values.</summary>
    MultiValueList,
}

/// <summary>A question of a service (an `attribute` of its definition).</summary>
/// <param name="IsVariable">An answer is expected; else the description is only shown (`variable`).</param>
/// <param name="Order">From 1, each once in a definition.</param>
/// <param name="Values">What to choose from, for lists.</param>
public sealed record ServiceQuestion(
    string Code, bool IsVariable, AttributeDatatype Datatype, bool IsRequired, string? DatatypeDescription, int Order, string Description, IReadOnlyList<AnswerChoice> Values);

/// <summary>An answer to choose: its key is sent, its name is shown.</summary>
public sealed record AnswerChoice(string Key, string Name);
