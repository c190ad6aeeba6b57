using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Civic;
using Jingwei.Civic.Cap;

namespace Jingwei.Conformance.Civic;

/// <summary>Whatever alert can be said is written as the schema wants it, and read as what it was.</summary>
public sealed class CapRoundTripTests
{
    private static readonly Gen<string> Word = Gen.Elements("a", "预警", "Usulután", "2.49.0.1", "x@y", "𠮷", "-", "1;2");
    private static readonly Gen<string> Piece = Gen.Elements("", " ", "暴雨", "a < b & c > d", "line\nline", "\r\ntab\t", "]]>", "\"quoted\" 'too'", "𠮷🌧", "  blanks  ", "&amp;", "<b>", "\u0085\u2028");
    private static readonly Gen<string> Text = Many(Piece, 1, 3).Select(string.Concat);
    private static readonly Gen<IReadOnlyList<string>> ListItems = Few(Gen.Elements("a", "two words", "三 个 词", "a,b", "it's", "tab\tbed"));
    private static readonly Gen<DateTimeOffset> Time = Gen.Choose(0, int.MaxValue).Zip(Gen.Elements(0, 480, -210, 840, -840, 345))
        .Select(parts => new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(parts.Item1).ToOffset(TimeSpan.FromMinutes(parts.Item2)));

    private static readonly Gen<GeoPoint> Point = Gen.Choose(-90_000_000, 90_000_000).Zip(Gen.Choose(-180_000_000, 180_000_000)).Select(at => new GeoPoint(at.Item1 / 1e6, at.Item2 / 1e6));
    private static readonly Gen<CapPolygon> Polygon = Many(Point, 3, 6).Select(points => new CapPolygon([.. points, points[0]]));
    private static readonly Gen<CapCircle> Circle = Point.Zip(Gen.Choose(0, 1_000_000)).Select(parts => new CapCircle(parts.Item1, parts.Item2 / 1e3));
    private static readonly Gen<CapValue> Value = Text.Zip(Text).Select(pair => new CapValue(pair.Item1, pair.Item2));

    private static readonly Gen<CapArea> Area =
        from text in Text
        from polygons in Few(Polygon)
        from circles in Few(Circle)
        from codes in Few(Value)
        from altitude in Maybe(Gen.Choose(-1_000, 40_000).Select(feet => feet / 8m))
        from height in Maybe(Gen.Choose(0, 1_000))
        select new CapArea { AreaDesc = text, Polygons = polygons, Circles = circles, Geocodes = codes, Altitude = altitude, Ceiling = altitude + height };

    private static readonly Gen<CapResource> Resource =
        from text in Text
        from type in Gen.Elements("image/jpeg", "audio/x-ms-wma", "text/plain; charset=utf-8")
        from size in Maybe(Gen.Choose(0, int.MaxValue))
        from content in Maybe(Gen.Choose(0, 90).Select(length => Convert.ToBase64String(new byte[length])))
        select new CapResource { ResourceDesc = text, MimeType = type, Size = size, DerefUri = content, Uri = content is null ? "http://example.org/a?b=c&d=%20" : "photo.jpg", Digest = content is null ? null : new string('a', 40) };

    private static readonly Gen<CapInfo> Info =
        from texts in Maybe(Text).ArrayOf(8)
        from language in Maybe(Gen.Elements("zh-CN", "en-US", "i-klingon"))
        from categories in Many(Gen.Elements(Enum.GetValues<CapCategory>()), 1, 3)
        from responses in Few(Gen.Elements(Enum.GetValues<CapResponseType>()))
        from urgency in Gen.Elements(Enum.GetValues<CapUrgency>())
        from severity in Gen.Elements(Enum.GetValues<CapSeverity>())
        from certainty in Gen.Elements(Enum.GetValues<CapCertainty>())
        from values in Few(Value).ArrayOf(2)
        from times in Maybe(Time).ArrayOf(3)
        from resources in Few(Resource)
        from areas in Few(Area)
        select new CapInfo
        {
            Language = language,
            Categories = [.. categories],
            Event = texts[0] ?? "",
            ResponseTypes = responses,
            Urgency = urgency,
            Severity = severity,
            Certainty = certainty,
            Audience = texts[1],
            EventCodes = values[0],
            Effective = times[0],
            Onset = times[1],
            Expires = times[2],
            SenderName = texts[2],
            Headline = texts[3],
            Description = texts[4],
            Instruction = texts[5],
            Web = texts[6] is null ? null : "https://example.org/",
            Contact = texts[7],
            Parameters = values[1],
            Resources = resources,
            Areas = areas,
        };

    private static readonly Gen<CapAlert> Alert =
        from names in Many(Word, 1, 3).Select(string.Concat).ArrayOf(4)
        from sent in Time
        from status in Gen.Elements(Enum.GetValues<CapStatus>())
        from type in Gen.Elements(Enum.GetValues<CapMsgType>())
        from scope in Gen.Elements(Enum.GetValues<CapScope>())
        from texts in Maybe(Text).ArrayOf(2)
        from lists in ListItems.ArrayOf(3)
        from referred in Maybe(Time)
        from infos in Few(Info)
        select new CapAlert
        {
            Identifier = names[0],
            Sender = names[1],
            Sent = sent,
            Status = status,
            MsgType = type,
            Scope = scope,
            Source = texts[0],
            Note = texts[1],
            Restriction = scope == CapScope.Restricted ? "rule" : null,
            Addresses = scope == CapScope.Private && lists[0].Count == 0 ? ["x"] : lists[0],
            Codes = lists[1],
            Incidents = lists[2],
            Infos = infos,
            References = referred is { } time ? [new(names[2], names[3] + "0", time)] : [],
        };

    [Fact]
    public void Any_alert_is_written_as_the_schema_wants_it_and_read_as_it_was()
    {
        var xsd = new CapXsd();
        Prop.ForAll(Alert.ToArbitrary(), alert =>
        {
            var stream = new MemoryStream();
            CapWriter.Write(alert, stream);
            Assert.Empty(xsd.Faults(stream.ToArray()));
            var reading = CapReader.Read(stream.ToArray());
            Assert.DoesNotContain(reading.Problems, problem => problem.Level == ProblemLevel.Error);
            Assert.Equal(JsonSerializer.Serialize(alert), JsonSerializer.Serialize(reading.Alert));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static Gen<IReadOnlyList<T>> Few<T>(Gen<T> items) => Many(items, 0, 2).Select(list => (IReadOnlyList<T>)[.. list]);

    private static Gen<T[]> Many<T>(Gen<T> items, int least, int most) => Gen.Choose(least, most).SelectMany(items.ArrayOf);

    private static Gen<T?> Maybe<T>(Gen<T> value) where T : notnull => Gen.Frequency((2, value.Select(some => (T?)some)), (1, Gen.Constant(default(T?))));
}
