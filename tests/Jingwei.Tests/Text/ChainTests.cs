using Jingwei.Text.Sequences;

namespace Jingwei.Tests.Text;

public sealed class ChainTests
{
    private static readonly LabelScheme Scheme = new(["A"]);

    [Fact]
    public void Marginals_are_those_of_all_taggings_written_out()
    {
        var chance = new Random(3);
        const int length = 4;
        var scores = new float[length * Scheme.Stride];
        var weights = new float[Scheme.Tags * Scheme.Stride];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = (float)(chance.NextDouble() * 4) - 2;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(chance.NextDouble() * 2) - 1;
        }

        var byHand = ByHand(scores, weights, length);
        var lattice = new ChainLattice(Scheme);
        lattice.SetTransitions(weights);
        var expected = new float[weights.Length];
        lattice.Marginals(scores, expected);

        for (var i = 0; i < length; i++)
        {
            for (var tag = 0; tag < Scheme.Tags; tag++)
            {
                Assert.Equal(byHand[i, tag], scores[(i * Scheme.Stride) + tag], 4);
            }
        }

        Assert.Equal(length - 1, expected.Sum(), 3);
    }

    [Fact]
    public void A_field_learns_what_its_features_say_and_a_file_keeps_it()
    {
        var set = new TrainingSet();
        var features = new FeatureSequence();
        for (var i = 0; i < 40; i++)
        {
            Fill(features, "xxabxx");
            set.Add(features, [0, 0, 1, 3, 0, 0]);
        }

        var learned = ChainModel.Quantise(ChainTrainer.Train(Scheme, set, new TrainingOptions { LeastCount = 1, Dropout = 0.2f }), 0.01f);
        var file = new MemoryStream();
        learned.Write(new BinaryWriter(file));
        file.Position = 0;
        var model = ChainModel.Read(new BinaryReader(file));

        Fill(features, "xabxxab");
        Assert.Equal(new byte[] { 0, 1, 3, 0, 0, 1, 3 }, new ChainDecoder(model).Decode(features).ToArray());
    }

    private static void Fill(FeatureSequence features, string text)
    {
        features.Clear();
        foreach (var character in text)
        {
            features.Add(1, character);
            features.Next();
        }
    }

    private static double[,] ByHand(float[] scores, float[] weights, int length)
    {
        var marginals = new double[length, Scheme.Tags];
        var all = 0.0;
        for (var code = 0; code < Math.Pow(Scheme.Tags, length); code++)
        {
            var tags = Enumerable.Range(0, length).Select(i => code / (int)Math.Pow(Scheme.Tags, i) % Scheme.Tags).ToArray();
            if (!LabelScheme.MayBegin(tags[0]) || !LabelScheme.MayEnd(tags[^1]) || tags.Zip(tags.Skip(1)).Any(pair => !Scheme.Allowed[(pair.First * Scheme.Tags) + pair.Second]))
            {
                continue;
            }

            var score = tags.Select((tag, i) => scores[(i * Scheme.Stride) + tag] + (i == 0 ? 0 : weights[(tags[i - 1] * Scheme.Stride) + tag])).Sum();
            var weight = Math.Exp(score);
            all += weight;
            for (var i = 0; i < length; i++)
            {
                marginals[i, tags[i]] += weight;
            }
        }

        for (var i = 0; i < length; i++)
        {
            for (var tag = 0; tag < Scheme.Tags; tag++)
            {
                marginals[i, tag] /= all;
            }
        }

        return marginals;
    }
}
