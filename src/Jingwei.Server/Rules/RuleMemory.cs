using System.Text;

namespace Jingwei.Server.Rules;

/// <summary>
/// What the rules know, in a file, so that delays and windows go on after a start: written now and then, whole, and put in the place of the one
/// before. What came after it is read from the engine again.
/// </summary>
/// <param name="path">Of the file; beside it `.new` while it is written.</param>
internal sealed class RuleMemory(string path)
{
    // Changes whenever what follows it does: another one is not read.
    private const string Layout = "jingwei rules 1";

    /// <summary>Writes the engine's state as of a stamp; on disk when this returns.</summary>
    public void Write(RuleEngine engine, RuleProgress upTo)
    {
        var next = $"{path}.new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
        {
            using (var to = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
            {
                to.Write(Layout);
                to.Write(upTo.Stamp);
                to.Write(upTo.Tick);
                engine.Write(to);
                KillPoint.Reach("rules-state-begun");
                to.Write(Layout);
            }

            file.Flush(flushToDisk: true);
        }

        KillPoint.Reach("rules-state-written");
        File.Move(next, path, overwrite: true);
        KillPoint.Reach("rules-state-replaced");
    }

    /// <summary>Reads the state into an engine; null when there is none that can be read, and then the engine is as it was or partly filled.</summary>
    public RuleProgress? Read(RuleEngine engine, Func<string, Directory.Thing?> thing)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var from = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            if (from.ReadString() != Layout)
            {
                return null;
            }

            var upTo = new RuleProgress(from.ReadInt64(), from.ReadInt64());
            engine.Read(from, thing);
            return from.ReadString() == Layout ? upTo : null;
        }
        catch (Exception error) when (error is IOException or EndOfStreamException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>How far rules have judged: all that is said of it is stored.</summary>
/// <param name="Stamp">Of the last message.</param>
/// <param name="Tick">The time up to which delays and silences ran out; microseconds UTC.</param>
public readonly record struct RuleProgress(long Stamp, long Tick);
