using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Values;

/// <summary>Values by which somebody proves who he is (HS_SECKEY): whoever reads one is him.</summary>
internal static class SecretValues
{
    public static bool Holds(in EncodedHandleValue value) => Holds(value.Type);

    public static bool Holds(ReadOnlySpan<byte> type) => HandleTypes.IsOrBelow(type, "HS_SECKEY"u8);
}
