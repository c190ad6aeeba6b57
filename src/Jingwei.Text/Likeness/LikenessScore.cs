namespace Jingwei.Text.Likeness;

/// <summary>What two reports are compared for.</summary>
public enum LikenessTask
{
    /// <summary>Whether they tell of the same incident.</summary>
    Event,

    /// <summary>Whether they raise the same issue at the same place.</summary>
    Issue,
}

/// <summary>
/// How alike two reports are, and why. The contributions are in nats and add up to the logit of the score: what is positive speaks for the
/// same, what is negative against it.
/// </summary>
/// <param name="Text">By the words of title and text.</param>
/// <param name="Time">By day and time of day.</param>
/// <param name="Place">By regions and names of places.</param>
/// <param name="Class">By class and kind of incident.</param>
/// <param name="Numbers">By casualties, magnitude and other numbers.</param>
/// <param name="Base">What any two reports begin with.</param>
public readonly record struct LikenessScore(double Text, double Time, double Place, double Class, double Numbers, double Base)
{
    /// <summary>The logit of the score.</summary>
    public double Logit => Text + Time + Place + Class + Numbers + Base;

    /// <summary>From 0 to 1: the chance that both are the same.</summary>
    public double Score => 1 / (1 + Math.Exp(-Logit));
}
