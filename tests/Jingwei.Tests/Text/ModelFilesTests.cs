using Jingwei.Text;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Text;

public sealed class ModelFilesTests
{
    private const long MostBytes = 20 << 20;

    private static readonly ModelFolder Shipped = new(ModelFolder.Shipped);

    [Fact]
    public void All_models_together_stay_small() =>
        Assert.InRange(Directory.GetFiles(ModelFolder.Shipped).Sum(file => new FileInfo(file).Length), 1, MostBytes);

    [Fact]
    public void Every_model_has_a_card_of_its_very_bytes()
    {
        var models = Directory.GetFiles(ModelFolder.Shipped, "*.model");
        Assert.NotEmpty(models);
        foreach (var model in models)
        {
            using var card = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(model, ".card.json")));
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(model)));
            Assert.Equal(hash, card.RootElement.GetProperty("sha256").GetString());
        }
    }

    [Fact]
    public void A_foreign_or_cut_file_is_refused_with_a_reason()
    {
        var folder = Directory.CreateTempSubdirectory("jingwei-models-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "lexicon.model"), "something else altogether");
            Assert.Contains("is no model file", Assert.Throws<InvalidDataException>(() => new ModelFolder(folder).OpenSpans()).Message, StringComparison.Ordinal);

            var whole = File.ReadAllBytes(Path.Combine(ModelFolder.Shipped, "lexicon.model"));
            File.WriteAllBytes(Path.Combine(folder, "lexicon.model"), whole[..(whole.Length / 2)]);
            Assert.Contains("is damaged", Assert.Throws<InvalidDataException>(() => new ModelFolder(folder).OpenSpans()).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Offsets_count_code_units_and_never_cut_a_pair()
    {
        const string text = "🚒🚒昨天下午，北京市朝阳区一家工厂发生火灾🔥，造成3人受伤😢。";
        var spans = Shipped.OpenSpans().Tag(text);

        Assert.Contains(spans, span => text[span.Start..span.End] == "昨天下午");
        Assert.Contains(spans, span => text[span.Start..span.End] == "火灾");
        Assert.All(spans, span =>
        {
            Assert.False(char.IsLowSurrogate(text[span.Start]));
            Assert.False(char.IsHighSurrogate(text[span.End - 1]));
        });
    }

    [Fact]
    public void Nothing_comes_of_nothing()
    {
        Assert.Empty(Shipped.OpenSpans().Tag(""));
        Assert.Empty(Shipped.OpenEntities().Tag(" \n\n "));
    }

    [Fact]
    public void Traditional_characters_and_full_width_figures_are_read_like_simplified_and_half_width_ones()
    {
        var tagger = Shipped.OpenSpans();
        var plain = tagger.Tag("5月12日14时28分，四川省发生地震，造成5人死亡。");

        Assert.Equal(plain, tagger.Tag("５月12日１４時28分，四川省發生地震，造成５人死亡。"));
        Assert.NotEmpty(plain);
    }

    [Fact]
    public void A_million_characters_without_a_stop_are_labelled()
    {
        var text = string.Concat(Enumerable.Repeat("昨日上午火灾造成三人受伤", 1 << 16));
        var spans = Shipped.OpenSpans().Tag(text);

        Assert.True(spans.Count > 1 << 16);
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }

    [Fact]
    public void General_entities_are_named_by_kind()
    {
        const string text = "浙商银行企业信贷部叶老桂博士对《变形金刚》进行了解读。";
        var spans = Shipped.OpenEntities().Tag(text);

        Assert.Contains(new TextSpan("company", 0, 4), spans);
        Assert.Contains(spans, span => span.Label == "movie" && text[span.Start..span.End] == "《变形金刚》");
    }
}
