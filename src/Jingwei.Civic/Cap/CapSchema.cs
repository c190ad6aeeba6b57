using System.Xml.Linq;

namespace Jingwei.Civic.Cap;

/// <summary>What an element of the schema holds.</summary>
internal enum CapContent
{
    Text,
    Time,
    Choice,
    Language,
    Uri,
    Integer,
    Decimal,
    Group,
}

/// <summary>An element in the sequence of its parent.</summary>
internal sealed record CapElement(string Name, CapContent Content, int Min, int Max)
{
    /// <summary>What to choose from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a group holds, in this order.</summary>
    public IReadOnlyList<CapElement> Children { get; init; } = [];

    public static CapElement One(string name, CapContent content = CapContent.Text) => new(name, content, 1, 1);

    public static CapElement Maybe(string name, CapContent content = CapContent.Text) => new(name, content, 0, 1);

    public static CapElement Any(string name, CapContent content = CapContent.Text) => new(name, content, 0, int.MaxValue);

    public CapElement Of<T>() where T : struct, Enum => this with { Choices = Enum.GetNames<T>() };

    public CapElement Holding(params CapElement[] children) => this with { Children = children };
}

/// <summary>The schema of a version of CAP, as a table.</summary>
/// <param name="Namespace">Whose documents it is for.</param>
/// <param name="Alert">The root.</param>
/// <param name="IsCurrent">It is CAP 1.2's.</param>
internal sealed record CapSchema(XNamespace Namespace, CapElement Alert, bool IsCurrent)
{
    /// <summary>XML signatures, which may follow what an alert holds.</summary>
    public static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";

    public static CapSchema V12 { get; } = new("urn:oasis:names:tc:emergency:cap:1.2", Build(current: true), true);

    public static CapSchema V11 { get; } = new("urn:oasis:names:tc:emergency:cap:1.1", Build(current: false), false);

    /// <summary>The one for a document with that root; null when it is no alert that is read here.</summary>
    public static CapSchema? For(XName root) =>
        root == V12.Namespace + "alert" ? V12 : root == V11.Namespace + "alert" ? V11 : null;

    // CAP-v1.2-os, 3.4, and CAP-v1.1, 3.4, which differ in the four places that ask.
    private static CapElement Build(bool current)
    {
        var responses = CapElement.Any("responseType", CapContent.Choice).Of<CapResponseType>();
        CapElement[] pair = [CapElement.One("valueName"), CapElement.One("value")];
        var measure = current ? CapContent.Decimal : CapContent.Text;
        return CapElement.One("alert", CapContent.Group).Holding(
            CapElement.One("identifier"),
            CapElement.One("sender"),
            CapElement.One("sent", CapContent.Time),
            CapElement.One("status", CapContent.Choice).Of<CapStatus>(),
            CapElement.One("msgType", CapContent.Choice).Of<CapMsgType>(),
            CapElement.Maybe("source"),
            CapElement.One("scope", CapContent.Choice).Of<CapScope>(),
            CapElement.Maybe("restriction"),
            CapElement.Maybe("addresses"),
            CapElement.Any("code"),
            CapElement.Maybe("note"),
            CapElement.Maybe("references"),
            CapElement.Maybe("incidents"),
            CapElement.Any("info", CapContent.Group).Holding(
                CapElement.Maybe("language", CapContent.Language),
                (CapElement.Any("category", CapContent.Choice) with { Min = 1 }).Of<CapCategory>(),
                CapElement.One("event"),
                current ? responses : responses with { Choices = [.. responses.Choices.Except([nameof(CapResponseType.Avoid), nameof(CapResponseType.AllClear)])] },
                CapElement.One("urgency", CapContent.Choice).Of<CapUrgency>(),
                CapElement.One("severity", CapContent.Choice).Of<CapSeverity>(),
                CapElement.One("certainty", CapContent.Choice).Of<CapCertainty>(),
                CapElement.Maybe("audience"),
                CapElement.Any("eventCode", CapContent.Group).Holding(pair),
                CapElement.Maybe("effective", CapContent.Time),
                CapElement.Maybe("onset", CapContent.Time),
                CapElement.Maybe("expires", CapContent.Time),
                CapElement.Maybe("senderName"),
                CapElement.Maybe("headline"),
                CapElement.Maybe("description"),
                CapElement.Maybe("instruction"),
                CapElement.Maybe("web", CapContent.Uri),
                CapElement.Maybe("contact"),
                CapElement.Any("parameter", CapContent.Group).Holding(pair),
                CapElement.Any("resource", CapContent.Group).Holding(
                    CapElement.One("resourceDesc"),
                    current ? CapElement.One("mimeType") : CapElement.Maybe("mimeType"),
                    CapElement.Maybe("size", CapContent.Integer),
                    CapElement.Maybe("uri", CapContent.Uri),
                    CapElement.Maybe("derefUri"),
                    CapElement.Maybe("digest")),
                CapElement.Any("area", CapContent.Group).Holding(
                    CapElement.One("areaDesc"),
                    CapElement.Any("polygon"),
                    CapElement.Any("circle"),
                    CapElement.Any("geocode", CapContent.Group).Holding(pair),
                    CapElement.Maybe("altitude", measure),
                    CapElement.Maybe("ceiling", measure))));
    }
}
