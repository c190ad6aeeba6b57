using Jingwei.Text;
using Jingwei.Text.Sequences;

namespace Jingwei.Tests.Text;

public sealed class LabelSchemeTests
{
    private readonly LabelScheme scheme = new(["Time", "Place"]);

    [Fact]
    public void Spans_marked_as_tags_are_collected_again()
    {
        var tags = new byte[8];
        Assert.True(scheme.Mark(tags, 0, 1, "Time"));
        Assert.True(scheme.Mark(tags, 1, 3, "Place"));
        Assert.True(scheme.Mark(tags, 4, 8, "Time"));

        var spans = new List<TextSpan>();
        scheme.Collect(tags, 100, spans);

        Assert.Equal([new TextSpan("Time", 100, 101), new TextSpan("Place", 101, 103), new TextSpan("Time", 104, 108)], spans);
    }

    [Fact]
    public void A_span_over_another_and_an_unknown_kind_are_not_marked()
    {
        var tags = new byte[4];
        Assert.True(scheme.Mark(tags, 1, 3, "Time"));

        Assert.False(scheme.Mark(tags, 2, 4, "Place"));
        Assert.False(scheme.Mark(tags, 3, 4, "Means"));
        Assert.Equal(new byte[] { 0, 1, 3, 0 }, tags);
    }

    [Fact]
    public void An_open_span_is_followed_by_its_own_kind_only()
    {
        // O, then B I E S of Time, then B I E S of Place.
        Assert.True(scheme.Allowed[(1 * scheme.Tags) + 3]);
        Assert.False(scheme.Allowed[(1 * scheme.Tags) + 0]);
        Assert.False(scheme.Allowed[(1 * scheme.Tags) + 7]);
        Assert.False(scheme.Allowed[(0 * scheme.Tags) + 2]);
        Assert.True(scheme.Allowed[(4 * scheme.Tags) + 5]);
    }
}
