using Jingwei.Text.Sequences;

namespace Jingwei.Text.Entities;

/// <summary>Entities of general text, of the ten kinds of CLUENER2020 (Xu et al. 2020, arXiv 2001.04351).</summary>
internal static class EntityTask
{
    internal static SequenceTask Create() => new()
    {
        Kinds = ["address", "book", "company", "game", "government", "movie", "name", "organization", "position", "scene"],
        Features = ContextFeatures.Add,
        Options = new TrainingOptions { Epochs = 8, Averaged = 4, Rate = 0.03f, Dropout = 0.6f, LeastCount = 2, Members = 2, Seed = 1 },
        Bonus = [1.3f, 1.1f, 1.1f, 1.1f, 1.0f, 0.8f, 0.8f, 1.0f, 1.2f, 1.1f],
        LeastWeight = 0.03f,
    };
}
