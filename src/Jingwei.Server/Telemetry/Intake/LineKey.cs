using Jingwei.Server.Directory;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>A measurement with its tags that was seen before, as it stands in a line, and the thing that it means.</summary>
/// <param name="packs">The edition of the packs by which it means that.</param>
internal sealed class LineKey(byte[] bytes, ulong hash, Thing thing, object packs)
{
    public byte[] Bytes => bytes;

    public ulong Hash => hash;

    public Thing Thing => thing;

    public object Packs => packs;

    public KnownFields Fields { get; } = new();

    /// <summary>What came on the line behind this one the last time: most senders repeat their order.</summary>
    public LineKey? Next { get; set; }

    /// <summary>The batch whose publisher was found to be allowed to deliver for the thing.</summary>
    public IntakeBatch? AllowedIn { get; set; }
}
