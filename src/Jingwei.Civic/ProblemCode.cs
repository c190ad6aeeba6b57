namespace Jingwei.Civic;

/// <summary>What can be wrong with a document.</summary>
public enum ProblemCode
{
    /// <summary>Beyond <see cref="DocumentLimits.Bytes"/>; nothing of it was read.</summary>
    TooLarge,
    /// <summary>Elements beyond <see cref="DocumentLimits.Depth"/>; they were left out.</summary>
    TooDeep,
    /// <summary>Beyond <see cref="DocumentLimits.Nodes"/> or <see cref="DocumentLimits.Attributes"/>; the rest was left out.</summary>
    TooManyNodes,
    /// <summary>Beyond <see cref="DocumentLimits.Entries"/>; the rest was left out.</summary>
    TooManyEntries,
    /// <summary>Beyond <see cref="DocumentLimits.Problems"/>; the rest is not listed.</summary>
    TooManyProblems,
    /// <summary>The bytes are in another encoding than they are declared to be (XML 1.0, 4.3.3), or in none.</summary>
    WrongEncoding,
    /// <summary>A character that XML does not have (XML 1.0, 2.2); U+FFFD stands in its place.</summary>
    IllegalCharacter,
    /// <summary>A reference that XML does not have, as `&amp;nbsp;`; read as HTML has it.</summary>
    UndeclaredReference,
    /// <summary>Not well-formed XML.</summary>
    NotWellFormed,
    /// <summary>A document type declaration: never read, as it may name other files and grow without end.</summary>
    DtdProhibited,
    /// <summary>Well-formed, but another kind of document.</summary>
    OtherDocument,

    /// <summary>An element that may not be there.</summary>
    UnknownElement,
    /// <summary>An attribute that may not be there.</summary>
    UnknownAttribute,
    /// <summary>An element that belongs before another that it follows.</summary>
    OutOfOrder,
    /// <summary>An element more often than it may be there.</summary>
    Repeated,
    /// <summary>An element, or its content, that must be there and is not.</summary>
    Missing,
    /// <summary>Text where only elements may be.</summary>
    StrayText,

    /// <summary>A value that is none of those to choose from.</summary>
    InvalidChoice,
    /// <summary>No date and time in the form that is asked for.</summary>
    InvalidTime,
    /// <summary>No number, or one outside its range.</summary>
    InvalidNumber,
    /// <summary>An identifier or sender that is empty or holds a space, comma, `&lt;` or `&amp;`.</summary>
    InvalidIdentifier,
    /// <summary>No list of `sender,identifier,sent`, or an empty one.</summary>
    InvalidReferences,
    /// <summary>A list in which a double quote is not closed, or a value that no such list can hold.</summary>
    InvalidList,
    /// <summary>Fewer than four points, not closed, not points, or outside the globe.</summary>
    InvalidPolygon,
    /// <summary>Not `latitude,longitude radius`, or outside the globe, or a radius below zero.</summary>
    InvalidCircle,
    /// <summary>No point on the globe.</summary>
    InvalidPoint,
    /// <summary>No language tag (RFC 3066).</summary>
    InvalidLanguage,
    /// <summary>No URI where one must be, or a relative one that names nothing.</summary>
    InvalidUri,
    /// <summary>No media type (RFC 2046).</summary>
    InvalidMediaType,
    /// <summary>No Base64.</summary>
    InvalidBase64,
    /// <summary>No SHA-1 in hexadecimal digits.</summary>
    InvalidDigest,

    /// <summary>The alert refers to itself.</summary>
    CircularReference,
    /// <summary>The alert refers to one that was sent after it.</summary>
    LaterReference,
    /// <summary>A restriction that does not go with the scope.</summary>
    RestrictionMismatch,
    /// <summary>A ceiling without an altitude, or below it.</summary>
    CeilingMismatch,
    /// <summary>Markup or HTML's names for characters in what people read as it stands.</summary>
    HtmlInText,
    /// <summary>An id that another entry of the feed has.</summary>
    DuplicateId,
}
