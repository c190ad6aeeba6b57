using System.Text;
using Jingwei.Ledger;

namespace Jingwei.Tests.Ledger;

/// <summary>Expected values were computed with Python's hashlib and struct from the layout in <see cref="HashChain"/>'s remarks.</summary>
public sealed class HashChainTests
{
    private static readonly byte[] CountingSalt = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly byte[] FullSalt = [.. Enumerable.Repeat((byte)0xff, 32)];
    private static readonly byte[] Hot = Encoding.UTF8.GetBytes("""{"text":"主轴过热"}""");

    private const string OriginHash = "ac2a8f4f97aede2646da5d585f6dccc5a59c56fa12be1f0b2ffb7b5c154f4318";
    private const string HotCommitment = "285e5231a27aa264bda81374fc75872afdfaafc1487d7d67f0ad9b191d9fca98";
    private const string EmptyCommitment = "7a8c9aa5284779bf0299b3bd388f14e19673cb5d9c249e201f812ebc0c85b713";
    private const string FirstLink = "919a76028a7ac8fcf2c6d7ec594a03b08ae5e3b747e4ef09737f06972013560e";
    private const string SecondLink = "5d638068205308d57c15f3a8e8dd78b1754a4e39f6d1a1bba160b086789236ae";
    private const string FarLink = "1fadc642e3763740515d55e593935372c58c9023e179e403002321e0e81188c1";

    [Fact]
    public void Origin_hashes_the_length_and_the_name() =>
        Assert.Equal(OriginHash, Convert.ToHexStringLower(HashChain.Origin("chain/测试")));

    [Fact]
    public void Commitment_hashes_the_salt_the_length_and_the_content()
    {
        Assert.Equal(HotCommitment, Convert.ToHexStringLower(HashChain.Commit(CountingSalt, Hot)));
        Assert.Equal(EmptyCommitment, Convert.ToHexStringLower(HashChain.Commit(FullSalt, [])));
    }

    [Fact]
    public void Link_hashes_the_sequence_the_previous_link_the_header_and_the_commitment()
    {
        var hot = Convert.FromHexString(HotCommitment);
        var first = HashChain.Link(Convert.FromHexString(OriginHash), 1, "first"u8, hot);
        var second = HashChain.Link(first, 2, [], Convert.FromHexString(EmptyCommitment));
        byte[] everyByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(FirstLink, Convert.ToHexStringLower(first));
        Assert.Equal(SecondLink, Convert.ToHexStringLower(second));
        Assert.Equal(FarLink, Convert.ToHexStringLower(HashChain.Link(second, 4_294_967_296, everyByte, hot)));
    }

    [Fact]
    public void Salts_differ()
    {
        Assert.Equal(HashChain.SaltSize, HashChain.NewSalt().Length);
        Assert.NotEqual(HashChain.NewSalt(), HashChain.NewSalt());
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => HashChain.Commit(new byte[31], Hot));
        Assert.Throws<ArgumentException>(() => HashChain.Link(new byte[33], 1, [], new byte[32]));
        Assert.Throws<ArgumentException>(() => HashChain.Link(new byte[32], 1, [], new byte[20]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HashChain.Link(new byte[32], 0, [], new byte[32]));
    }
}
