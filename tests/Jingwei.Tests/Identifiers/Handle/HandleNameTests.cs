using System.Text;
using Jingwei.Identifiers.Handle;

namespace Jingwei.Tests.Identifiers.Handle;

public sealed class HandleNameTests
{
    [Theory]
    [InlineData("88.111.1/x", "88.111.1", "x", false)]
    [InlineData("10.5/a/b", "10.5", "a/b", false)]
    [InlineData("0.NA/10.5", "0.NA", "10.5", true)]
    [InlineData("10.5", "10.5", "", false)]
    [InlineData("88.1/铜箔 1", "88.1", "铜箔 1", false)]
    public void A_handle_has_a_prefix_and_behind_the_first_slash_a_suffix(string text, string prefix, string suffix, bool isReserved)
    {
        var name = HandleName.Parse(text);
        Assert.Equal((prefix, suffix, isReserved, text), (Encoding.UTF8.GetString(name.Prefix), Encoding.UTF8.GetString(name.Suffix), name.IsReserved, name.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/x")]
    public void Nothing_and_a_suffix_alone_are_no_handles(string text) => Assert.False(HandleName.TryParse(text, out _));

    [Fact]
    public void What_is_no_utf8_or_over_2048_bytes_is_no_handle()
    {
        Assert.False(HandleName.TryParse([.. "10.5/"u8, 0xC3], out _));
        Assert.True(HandleName.TryParse(new string('a', 2048), out _));
        Assert.False(HandleName.TryParse(new string('a', 2049), out _));
        // 683 characters of three bytes are 2,049.
        Assert.False(HandleName.TryParse(new string('铜', 683), out _));
    }

    [Fact]
    public void A_prefix_is_registered_below_0_NA() => Assert.Equal("0.NA/88.111.1", HandleName.Parse("88.111.1/x").ToPrefixHandle().ToString());

    // RFC 3651, 2: case of ASCII letters alone, and where it counts is the service's to say.
    [Theory]
    [InlineData("10.a/x", "10.A/x", true, true)]
    [InlineData("10.a/x", "10.a/X", true, false)]
    [InlineData("0.na/10.a", "0.NA/10.A", true, true)]
    [InlineData("10.1/é", "10.1/É", false, false)]
    [InlineData("10.1/aé铜z", "10.1/Aé铜Z", true, false)]
    [InlineData("10.1/x", "10.1/xy", false, false)]
    [InlineData("10.1/@", "10.1/`", false, false)]
    [InlineData("10.1/{", "10.1/[", false, false)]
    public void Case_counts_where_it_should(string one, string other, bool insensitive, bool sensitive)
    {
        AssertEqual(HandleComparer.CaseInsensitive, insensitive);
        AssertEqual(HandleComparer.CaseSensitiveSuffix, sensitive);

        void AssertEqual(HandleComparer comparer, bool expected)
        {
            var (x, y) = (HandleName.Parse(one), HandleName.Parse(other));
            Assert.Equal(expected, comparer.Equals(x, y));
            Assert.Equal(expected, new Dictionary<HandleName, int>(comparer) { [x] = 1 }.ContainsKey(y));
            Assert.Equal(expected, new Dictionary<HandleName, int>(comparer) { [x] = 1 }.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(y.Utf8));
        }
    }

    // RFC 3652, 3.2: a type that ends with a dot asks for all below it.
    [Theory]
    [InlineData("URL", "url", true)]
    [InlineData("URL", "URL.US", false)]
    [InlineData("URL.", "url.us", true)]
    [InlineData("URL.", "URL", true)]
    [InlineData("URL.", "URLX", false)]
    [InlineData("URL.JP", "URL", false)]
    public void Types_are_asked_for_by_name_or_by_family(string asked, string type, bool matches) =>
        Assert.Equal(matches, HandleTypes.Matches(Encoding.UTF8.GetBytes(asked), Encoding.UTF8.GetBytes(type)));
}
