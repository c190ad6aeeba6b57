namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>
/// The sequence numbers of an edge node's messages: 0 to 255 and again from 0 [tck-id-payloads-sequence-num-incrementing]. Knows which are missing,
/// also when later ones have come already.
/// </summary>
public sealed class SequenceWindow
{
    private const int Numbers = 256;

    // Numbers less far ahead came too early; the others came before already.
    private const int Ahead = Numbers / 2;

    private readonly bool[] early = new bool[Numbers];
    private byte expected;
    private int waiting;

    /// <summary>True while a message is missing that a later one has overtaken.</summary>
    public bool HasGap => waiting > 0;

    /// <summary>Begins behind the number of an NBIRTH.</summary>
    public void Restart(byte birth)
    {
        Array.Clear(early);
        (expected, waiting) = ((byte)(birth + 1), 0);
    }

    /// <summary>Takes the number of a message, in whatever order it comes.</summary>
    public void Take(byte number)
    {
        var distance = (byte)(number - expected);
        if (distance == 0)
        {
            expected++;
            while (early[expected])
            {
                early[expected] = false;
                expected++;
                waiting--;
            }
        }
        else if (distance < Ahead && !early[number])
        {
            early[number] = true;
            waiting++;
        }
    }
}
