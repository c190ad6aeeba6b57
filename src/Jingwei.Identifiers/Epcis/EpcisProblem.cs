namespace Jingwei.Identifiers.Epcis;

/// <summary>What is wrong with a document, for programs.</summary>
public enum EpcisProblemCode
{
    /// <summary>It is not JSON of RFC 8259.</summary>
    NotJson,

    /// <summary>It is not well-formed XML, or it has a document type declaration.</summary>
    NotXml,

    /// <summary>It goes over a limit of <see cref="EpcisLimits"/>.</summary>
    TooLarge,

    /// <summary>It is neither a document of EPCIS nor an event.</summary>
    UnknownDocument,

    /// <summary>The event is of no type of the standard and its type is no URI.</summary>
    UnknownEventType,

    /// <summary>A required field lacks.</summary>
    MissingField,

    /// <summary>A field that this object does not have; extensions have names with a prefix.</summary>
    UnknownField,

    /// <summary>A field has a value of another kind than it should have: an array, an object, a string, a number or a truth value.</summary>
    WrongKind,

    /// <summary>A string that should be a URI of RFC 3986 is none.</summary>
    InvalidUri,

    /// <summary>A time is not of the form of xsd:dateTimeStamp, or there is no such time.</summary>
    InvalidTime,

    /// <summary>A time zone offset is not of the form `+hh:mm` or `-hh:mm` up to 14:00.</summary>
    InvalidTimeZoneOffset,

    /// <summary>A word that is not of its vocabulary.</summary>
    UnknownWord,

    /// <summary>A value is not of the form that its field has.</summary>
    InvalidValue,

    /// <summary>An array whose members must differ has one twice.</summary>
    Duplicate,

    /// <summary>An array that must have a member has none.</summary>
    Empty,

    /// <summary>The event does not say what it is about: EPCs, quantities, or sensor data with a read point.</summary>
    MissingWhat,

    /// <summary>ILMD in an event that does not make its objects: `action` is not ADD.</summary>
    IlmdWithoutAdd,

    /// <summary>An element of XML stands where the schema has another.</summary>
    WrongOrder,
}

/// <summary>Something in a document that is not as the standard wants it.</summary>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Path">Where, as a JSON Pointer (RFC 6901): `/epcisBody/eventList/4/eventTime`. For XML it is the pointer into the same document in JSON; empty where it is about the whole.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="EventIndex">Which event, from 0; null where it is about the document.</param>
public sealed record EpcisProblem(EpcisProblemCode Code, string Path, string Message, int? EventIndex = null)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
