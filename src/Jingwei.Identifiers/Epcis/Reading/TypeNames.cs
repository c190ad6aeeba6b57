namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>The names of the types of the standard, without making a string each time.</summary>
internal static class TypeNames
{
    private static readonly string[] Names = Enum.GetNames<EpcisEventType>();

    public static string Of(EpcisEventType type) => Names[(int)type];

    /// <summary>The type of a name; null where it is none of the standard.</summary>
    public static EpcisEventType? StandardOf(string name) => Array.IndexOf(Names, name) is var at and >= 0 && at != (int)EpcisEventType.Extended ? (EpcisEventType)at : null;
}
