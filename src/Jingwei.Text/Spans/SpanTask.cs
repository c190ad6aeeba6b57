using Jingwei.Text.Sequences;

namespace Jingwei.Text.Spans;

/// <summary>Spans of the events of an emergency report: times, places, who and what takes part, and the words that say what happens.</summary>
internal static class SpanTask
{
    internal const string Time = "Time";
    internal const string Location = "Location";
    internal const string Participant = "Participant";
    internal const string Object = "Object";
    internal const string Denoter = "Denoter";

    internal static SequenceTask Create() => new()
    {
        Kinds = [Time, Location, Participant, Object, Denoter],
        Features = ContextFeatures.Add,
        Options = new TrainingOptions { Epochs = 12, Averaged = 6, Rate = 0.025f, Dropout = 0.8f, LeastCount = 2, Members = 8, Seed = 1 },
        Bonus = [1.2f, 1.5f, 1.2f, 1.4f, 0.9f],
        LeastWeight = 0.02f,
    };
}
