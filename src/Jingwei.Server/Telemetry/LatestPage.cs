using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry;

/// <summary>Writes the newest values of many things as a page of <see cref="ThingLatestItem"/>, without making any.</summary>
/// <param name="only">The property that is wanted; null for all.</param>
internal sealed class LatestPage(JsonStream json, SeriesRegistry registry, PackSet packs, string? only)
{
    private ThingType? type;
    private string? property;
    private bool isDeclared;

    /// <param name="things">In the order of their ids.</param>
    public async Task WriteAsync(IEnumerable<Thing> things, int limit, CancellationToken cancellation)
    {
        json.Raw("{\"items\":["u8);
        string? last = null;
        string? next = null;
        var count = 0;
        foreach (var thing in things)
        {
            if (count == limit)
            {
                next = PageRequest.Encode(last!);
                break;
            }

            json.Raw(count++ == 0 ? "{\"thing\":"u8 : ",{\"thing\":"u8);
            Write(thing);
            last = thing.Id;
            if (json.IsFull)
            {
                await json.FlushAsync(cancellation);
            }
        }

        json.Raw("],\"next\":"u8);
        json.Text(next);
        json.Raw("}"u8);
        await json.FlushAsync(cancellation);
    }

    /// <summary>The same as rows of CSV; a thing's values are one cell, as JSON.</summary>
    /// <param name="things">In the order of their ids.</param>
    public async Task WriteCsvAsync(IEnumerable<Thing> things, int limit, CancellationToken cancellation)
    {
        json.Raw("\uFEFF"u8);
        var isFirst = true;
        foreach (var thing in things.Take(limit))
        {
            json.Raw(isFirst ? "thing,name,type,parent,values\r\n"u8 : ""u8);
            isFirst = false;
            WriteRow(thing);
            if (json.IsFull)
            {
                await json.FlushAsync(cancellation);
            }
        }

        // As every list without items: no columns, and so a line without any.
        json.Raw(isFirst ? "\r\n"u8 : ""u8);
        await json.FlushAsync(cancellation);
    }

    private void WriteRow(Thing thing)
    {
        foreach (var text in (ReadOnlySpan<string?>)[thing.Id, thing.Name, thing.Type, thing.Parent])
        {
            json.Plain(CsvExport.Cell(text ?? ""));
            json.Raw(","u8);
        }

        var from = json.Used;
        WriteValues(thing);
        // What has no quotes in it needs none around: a thing without values.
        if (json.Used - from > "{}".Length)
        {
            json.Quote(from);
        }

        json.Raw("\r\n"u8);
    }

    private void Write(Thing thing)
    {
        json.Text(thing.Id);
        json.Raw(",\"name\":"u8);
        json.Text(thing.Name);
        json.Raw(",\"type\":"u8);
        json.Text(thing.Type);
        json.Raw(",\"parent\":"u8);
        json.Text(thing.Parent);
        json.Raw(",\"values\":"u8);
        WriteValues(thing);
        json.Raw("}"u8);
    }

    private void WriteValues(Thing thing)
    {
        json.Raw("{"u8);
        if (type?.Id != thing.Type)
        {
            (type, property) = (packs.KnownType(thing.Type), null);
        }

        var isFirst = true;
        foreach (var series in registry.OfThing(thing.Id))
        {
            if ((only is null || series.PropertyId == only) && IsDeclared(series.PropertyId) && series.Latest is { } latest)
            {
                json.Raw(isFirst ? ""u8 : ","u8);
                json.Text(series.PropertyId);
                Write(latest);
                isFirst = false;
            }
        }

        json.Raw("}"u8);
    }

    // Things of a type have the same properties in the same order: with one wanted, the answer is always the same.
    private bool IsDeclared(string id)
    {
        if (id != property)
        {
            (property, isDeclared) = (id, type?.Property(id) is not null);
        }

        return isDeclared;
    }

    private void Write(in LatestValue latest)
    {
        json.Raw(":{\"value\":"u8);
        switch (latest.Value.Kind)
        {
            case PropertyKind.Number:
                json.Number(latest.Value.Number);
                break;
            case PropertyKind.Boolean:
                json.Raw(latest.Value.Number != 0 ? "true"u8 : "false"u8);
                break;
            case PropertyKind.Position:
                json.Position(Place.Parse(latest.Value.Text!));
                break;
            default:
                json.Text(latest.Value.Text);
                break;
        }

        json.Raw(",\"ts\":"u8);
        json.Time(latest.Time);
        json.Raw(",\"quality\":"u8);
        json.Quality(latest.Quality);
        json.Raw(",\"flag\":"u8);
        json.Text(latest.Flag);
        json.Raw(",\"arrived\":"u8);
        json.Time(latest.Arrived);
        json.Raw("}"u8);
    }
}
