namespace Jingwei.Civic.Cap;

/// <summary>An alert of the Common Alerting Protocol 1.2 (OASIS CAP-v1.2-os, 3.2.1). What a document does not say, or says wrongly, is null or empty; of a valid alert what is required is there.</summary>
/// <remarks>Text is as it was written, blanks around it included.</remarks>
public sealed record CapAlert
{
    /// <summary>Unique among the sender's: no spaces, commas, `&lt;` or `&amp;`. Required.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>Who originated it, globally unique, often a domain; the same characters as <see cref="Identifier"/>. Required.</summary>
    public string Sender { get; init; } = "";

    /// <summary>When it was originated, to the second. Required.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>How it is to be handled. Required.</summary>
    public CapStatus? Status { get; init; }

    /// <summary>What it does to those that it refers to. Required.</summary>
    public CapMsgType? MsgType { get; init; }

    /// <summary>The operator or device it came from.</summary>
    public string? Source { get; init; }

    /// <summary>Whom it is for. Required.</summary>
    public CapScope? Scope { get; init; }

    /// <summary>The rule by which a restricted one is limited.</summary>
    public string? Restriction { get; init; }

    /// <summary>Whom a private one is for.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Flags and profiles of its handling.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    public string? Note { get; init; }

    /// <summary>The earlier alerts it is about.</summary>
    public IReadOnlyList<CapReference> References { get; init; } = [];

    /// <summary>Names of the incidents it is about.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];

    /// <summary>The same in several languages, or for several times and areas.</summary>
    public IReadOnlyList<CapInfo> Infos { get; init; } = [];

    /// <summary>It carries an XML signature, which was not verified. Not written.</summary>
    public bool IsSigned { get; init; }
}

/// <summary>An alert that another refers to (3.2.1, references).</summary>
public sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent);

/// <summary>A value and what it means: an event code, a parameter, a code of a place.</summary>
public sealed record CapValue(string ValueName, string Value);
