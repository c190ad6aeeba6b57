namespace Jingwei.Text.Likeness;

/// <summary>Compares profiles by a learned combination of what they share and where they differ. Immutable.</summary>
public sealed class LikenessModel
{
    private readonly float[][] weights;
    private readonly float[] same;
    private readonly float[] proposed;

    /// <param name="weights">Of each task, of each feature.</param>
    /// <param name="same">Of each task the score from which two are the same.</param>
    /// <param name="proposed">Of each task the score from which they may be.</param>
    internal LikenessModel(float[][] weights, float[] same, float[] proposed) => (this.weights, this.same, this.proposed) = (weights, same, proposed);

    /// <summary>Compares two profiles; the order does not matter.</summary>
    public LikenessScore Compare(ReportProfile a, ReportProfile b, LikenessTask task)
    {
        Span<float> features = stackalloc float[LikenessFeatures.Count];
        ProfileComparison.Fill(a, b, features);
        Span<double> groups = stackalloc double[6];
        var own = weights[(int)task];
        for (var i = 0; i < features.Length; i++)
        {
            groups[(int)LikenessFeatures.Group(i)] += own[i] * features[i];
        }

        return new LikenessScore(
            groups[(int)LikenessGroup.Text], groups[(int)LikenessGroup.Time], groups[(int)LikenessGroup.Place],
            groups[(int)LikenessGroup.Class], groups[(int)LikenessGroup.Numbers], groups[(int)LikenessGroup.Base]);
    }

    /// <summary>The score from which two reports are taken for the same, from 0 to 1: the one of the best F1 in validation.</summary>
    public double SameFrom(LikenessTask task) => same[(int)task];

    /// <summary>The score from which a person should be asked, from 0 to 1: in validation 97 of 100 that were the same lay above it. Not above <see cref="SameFrom"/>.</summary>
    public double ProposedFrom(LikenessTask task) => proposed[(int)task];

    internal static LikenessModel Read(BinaryReader reader)
    {
        var tasks = Enum.GetValues<LikenessTask>().Length;
        if (reader.ReadInt32() != tasks || reader.ReadInt32() != LikenessFeatures.Count)
        {
            throw new InvalidDataException("The likeness was trained for other features; train it anew with `text train`.");
        }

        var weights = new float[tasks][];
        var (same, proposed) = (new float[tasks], new float[tasks]);
        for (var task = 0; task < tasks; task++)
        {
            (same[task], proposed[task]) = (reader.ReadSingle(), reader.ReadSingle());
            weights[task] = new float[LikenessFeatures.Count];
            for (var i = 0; i < LikenessFeatures.Count; i++)
            {
                weights[task][i] = reader.ReadSingle();
            }
        }

        return new LikenessModel(weights, same, proposed);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(weights.Length);
        writer.Write(LikenessFeatures.Count);
        for (var task = 0; task < weights.Length; task++)
        {
            writer.Write(same[task]);
            writer.Write(proposed[task]);
            foreach (var weight in weights[task])
            {
                writer.Write(weight);
            }
        }
    }
}
