using Jingwei.Cel;

namespace Jingwei.Server.Rules.Windows;

/// <summary>Values of expressions over readings in the stored state: numbers, booleans, text, or none.</summary>
internal static class StoredValue
{
    public static void Write(BinaryWriter to, in CelValue value)
    {
        to.Write((byte)value.Kind);
        switch (value.Kind)
        {
            case CelKind.Double:
                to.Write(value.AsDouble());
                break;
            case CelKind.Bool:
                to.Write(value.AsBool());
                break;
            case CelKind.String:
                to.Write(value.AsString());
                break;
            default:
                break;
        }
    }

    public static CelValue Read(BinaryReader from) => (CelKind)from.ReadByte() switch
    {
        CelKind.Double => from.ReadDouble(),
        CelKind.Bool => from.ReadBoolean(),
        CelKind.String => from.ReadString(),
        _ => default,
    };
}
