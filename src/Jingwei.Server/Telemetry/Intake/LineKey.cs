using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>A measurement with its tags that was seen before, as it stands in a line, and the thing that it means.</summary>
/// <param name="packs">The packs by which it means that.</param>
internal sealed class LineKey(byte[] bytes, ulong hash, Thing thing, PackSet packs)
{
    public byte[] Bytes => bytes;

    public ulong Hash => hash;

    public Thing Thing => thing;

    public PackSet Packs => packs;

    public KnownFields Fields { get; } = new();

    /// <summary>What came on the line behind this one the last time: most senders repeat their order.</summary>
    public LineKey? Next { get; set; }

    /// <summary>The batch whose publisher was found to be allowed to deliver for the thing.</summary>
    public IntakeBatch? AllowedIn { get; set; }
}
