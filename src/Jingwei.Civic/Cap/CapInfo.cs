namespace Jingwei.Civic.Cap;

/// <summary>What happens, how bad and how sure it is, and what to do, in one language (3.2.2).</summary>
public sealed record CapInfo
{
    /// <summary>A language tag (RFC 3066); null means en-US.</summary>
    public string? Language { get; init; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<CapCategory> Categories { get; init; } = [];

    /// <summary>Required.</summary>
    public string Event { get; init; } = "";

    public IReadOnlyList<CapResponseType> ResponseTypes { get; init; } = [];

    /// <summary>Required.</summary>
    public CapUrgency? Urgency { get; init; }

    /// <summary>Required.</summary>
    public CapSeverity? Severity { get; init; }

    /// <summary>Required.</summary>
    public CapCertainty? Certainty { get; init; }

    public string? Audience { get; init; }

    public IReadOnlyList<CapValue> EventCodes { get; init; } = [];

    /// <summary>Null means <see cref="CapAlert.Sent"/>.</summary>
    public DateTimeOffset? Effective { get; init; }

    /// <summary>When what it warns of is expected to begin.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>Null: the recipient's own policy.</summary>
    public DateTimeOffset? Expires { get; init; }

    public string? SenderName { get; init; }

    public string? Headline { get; init; }

    public string? Description { get; init; }

    public string? Instruction { get; init; }

    /// <summary>An absolute URI with more on it.</summary>
    public string? Web { get; init; }

    public string? Contact { get; init; }

    public IReadOnlyList<CapValue> Parameters { get; init; } = [];

    public IReadOnlyList<CapResource> Resources { get; init; } = [];

    public IReadOnlyList<CapArea> Areas { get; init; } = [];
}

/// <summary>A file beside the text: an image, a sound (3.2.3).</summary>
public sealed record CapResource
{
    /// <summary>Required.</summary>
    public string ResourceDesc { get; init; } = "";

    /// <summary>A media type (RFC 2046). Required since CAP 1.2.</summary>
    public string? MimeType { get; init; }

    /// <summary>In bytes, about.</summary>
    public long? Size { get; init; }

    /// <summary>Absolute; or relative, to name what <see cref="DerefUri"/> holds.</summary>
    public string? Uri { get; init; }

    /// <summary>The file itself in Base64.</summary>
    public string? DerefUri { get; init; }

    /// <summary>Its SHA-1 in hexadecimal digits.</summary>
    public string? Digest { get; init; }
}
