using System.Text;
using Jingwei.Civic;
using Jingwei.Civic.Cap;
using static Jingwei.Tests.Civic.CapSample;

namespace Jingwei.Tests.Civic;

public sealed class HostileDocumentTests
{
    [Theory]
    [InlineData("<!DOCTYPE alert [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>", "&c;")]
    [InlineData("<!DOCTYPE alert [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;")]
    [InlineData("<!DOCTYPE alert SYSTEM \"http://127.0.0.1:1/payload.dtd\">", "")]
    public void Document_types_are_refused(string doctype, string reference)
    {
        var document = Alert().Replace("<alert ", $"{doctype}<alert ").Replace("a note", $"a note{reference}");
        foreach (var lenient in new[] { false, true })
        {
            var reading = Read(document, lenient);
            Assert.Null(reading.Alert);
            Assert.Contains(reading.Problems, problem => problem is { Code: ProblemCode.DtdProhibited, Line: 2 });
        }
    }

    [Fact]
    public void Nesting_ends_at_its_limit()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 200_000)) + string.Concat(Enumerable.Repeat("</x>", 200_000));
        var reading = Read(Alert().Replace("a note", deep), lenient: true);
        Assert.Equal("43b080713727", reading.Alert!.Identifier);
        Assert.Contains(reading.Problems, problem => problem.Code == ProblemCode.TooDeep);
        Assert.Null(Read(Alert().Replace("a note", deep)).Alert);
    }

    [Fact]
    public void Elements_and_attributes_end_at_their_limit()
    {
        var limits = new DocumentLimits { Nodes = 10 };
        var reading = CapReader.Read(Encoding.UTF8.GetBytes(Alert()), new() { IsLenient = true, Limits = limits });
        Assert.Equal(("43b080713727", CapStatus.Actual), (reading.Alert!.Identifier, reading.Alert.Status));
        Assert.Contains(reading.Problems, problem => problem.Code == ProblemCode.TooManyNodes);
        Assert.False(reading.IsValid);
    }

    [Fact]
    public void Attributes_of_one_element_end_at_their_limit()
    {
        var many = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"a{number}=\"\" "));
        var reading = Read(Alert().Replace("<note>", $"<note {many}>"), lenient: true);
        Assert.Equal("a note", reading.Alert!.Note);
        Assert.Contains(reading.Problems, problem => problem.Code == ProblemCode.TooManyNodes);
    }

    [Fact]
    public async Task No_more_of_a_stream_is_read_than_its_limit()
    {
        await using var stream = new Spaces(100 << 20);
        var reading = await CapReader.ReadAsync(stream);
        Assert.Equal(ProblemCode.TooLarge, Assert.Single(reading.Problems).Code);
        Assert.Equal(DocumentLimits.Alert.Bytes + 1, stream.Position);
    }

    [Fact]
    public void No_more_problems_are_listed_than_their_limit()
    {
        var reading = Read(Alert().Replace("<note>", string.Concat(Enumerable.Repeat("<x/>", 5_000)) + "<note>"), lenient: true);
        Assert.Equal(DocumentLimits.Alert.Problems + 1, reading.Problems.Count);
        Assert.Single(reading.Problems, problem => problem.Code == ProblemCode.TooManyProblems);
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("&#1;")]
    [InlineData("&#xD800;")]
    [InlineData("&#xFFFF;")]
    public void Characters_that_xml_has_not_are_replaced(string character)
    {
        var reading = Read(Alert().Replace("a note", $"a{character}note"), lenient: true);
        Assert.Equal("a\uFFFDnote", reading.Alert!.Note);
        Assert.Equal(ProblemCode.IllegalCharacter, Assert.Single(reading.Problems).Code);
    }

    [Fact]
    public void Any_bytes_are_answered()
    {
        var random = new Random(20_260_729);
        var sample = Encoding.UTF8.GetBytes(Alert());
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = sample.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reading = CapReader.Read(bytes.AsSpan(0, random.Next(bytes.Length)), new() { IsLenient = true });
            Assert.True(reading.Alert is not null || reading.Problems.Count > 0);
        }
    }

    /// <summary>So many bytes of nothing.</summary>
    private sealed class Spaces(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - Position);
            buffer[..read].Fill((byte)' ');
            Position += read;
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
