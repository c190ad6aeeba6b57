namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>The names of the types of the standard, without making a string each time.</summary>
internal static class TypeNames
{
    private static readonly string[] Names = Enum.GetNames<EpcisEventType>();

    public static string Of(EpcisEventType type) => Names[(int)type];
}
