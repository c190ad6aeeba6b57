using System.IO.Compression;
using System.Text;
using Jingwei.Server.Directory.Imports;

namespace Jingwei.Tests.DirectoryOfThings.Imports;

public sealed class TableTests
{
    // "编号,类型,名称 / m-1,machine,一号冲床" as Python 3.11 writes it with the codec gbk.
    private const string Gbk = "b1e0bac52cc0e0d0cd2cc3fbb3c60d0a6d2d312c6d616368696e652cd2bbbac5b3e5b4b20d0a";

    [Theory]
    [InlineData(",", "comma")]
    [InlineData(";", "semicolon")]
    [InlineData("\t", "tab")]
    public void The_separator_is_found_by_the_head(string separator, string name)
    {
        var table = Csv(string.Join(separator, "id", "name", "party") + "\n" + string.Join(separator, "m-1", "\"Press, large; new\"", "plant") + "\n");
        Assert.Equal((name, "UTF-8"), (table.Separator, table.Encoding));
        Assert.Equal(["id", "name", "party"], table.Head);
        var row = Assert.Single(table.Rows);
        Assert.Equal((2, "Press, large; new"), (row.Number, row.Cells[1]));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_head() =>
        Assert.Equal("编号", CsvTable.Read(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("编号,名称\n1,甲\n")).ToArray(), ImportLimits.Default).Head[0]);

    [Fact]
    public void What_is_no_UTF_8_is_read_as_GB18030()
    {
        var table = CsvTable.Read(Convert.FromHexString(Gbk), ImportLimits.Default);
        Assert.Equal("GB18030", table.Encoding);
        Assert.Equal(["编号", "类型", "名称"], table.Head);
        Assert.Equal(["m-1", "machine", "一号冲床"], Assert.Single(table.Rows).Cells);
    }

    [Fact]
    public void Rows_are_counted_as_an_editor_counts_lines()
    {
        var table = Csv("id,name\n\nm-1,\"two\nlines\"\n,\nm-2,x\n");
        Assert.Equal([(3, "m-1"), (6, "m-2")], table.Rows.Select(row => (row.Number, row.Cells[0])));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("id,name\nm-1,\"open\n", "line 2")]
    [InlineData("id\0", "Byte 2 is zero")]
    public void What_is_no_table_is_refused_with_the_place(string text, string said) =>
        Assert.Contains(said, Assert.Throws<BadTableException>(() => Csv(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_of_no_known_encoding_are_refused() =>
        Assert.Contains("neither UTF-8 nor GB18030", Assert.Throws<BadTableException>(() => CsvTable.Read(new byte[] { 0x69, 0x64, 0x0A, 0xFF, 0xFF }, ImportLimits.Default)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_has_a_most_of_rows_and_columns()
    {
        var few = new ImportLimits(Rows: 1, Columns: 2);
        Assert.Contains("more than 1 rows", Assert.Throws<BadTableException>(() => CsvTable.Read("id,name\na,b\nc,d\n"u8.ToArray(), few)).Message, StringComparison.Ordinal);
        Assert.Contains("3 columns", Assert.Throws<BadTableException>(() => CsvTable.Read("id,name,party\n"u8.ToArray(), few)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_gives_texts_numbers_and_shared_strings_as_they_are_shown()
    {
        var table = ExcelTable.Read(Workbook(), null, ImportLimits.Default);
        Assert.Equal(["编号", "名称", "lon"], table.Head);
        Assert.Equal([(2, "7", "一号冲床", "113.25"), (4, "m-2", "Press", "")], table.Rows.Select(row => (row.Number, row.Cells[0], row.Cells[1], row.Cells[2])));
        Assert.Equal(["more"], ExcelTable.Read(Workbook(), "第二", ImportLimits.Default).Head);
        Assert.Contains("there are Sheet1, 第二", Assert.Throws<BadTableException>(() => ExcelTable.Read(Workbook(), "x", ImportLimits.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ZIP_file_that_is_no_workbook_or_unpacks_to_too_much_is_refused()
    {
        Assert.Throws<BadTableException>(() => ExcelTable.Read(Zip(("a.txt", "x")), null, ImportLimits.Default));
        Assert.Contains("unpacks", Assert.Throws<BadTableException>(() => ExcelTable.Read(Workbook(), null, new ImportLimits(UnpackedBytes: 100))).Message, StringComparison.Ordinal);
    }

    // The parts that ECMA-376 wants of the smallest workbook.
    internal static byte[] Workbook() => Zip(
        ("[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>
            """),
        ("_rels/.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/workbook.xml", """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/><sheet name="第二" sheetId="2" r:id="rId2"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/>
            <Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>
            """),
        ("xl/sharedStrings.xml", """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>编号</t></si><si><t>名称</t></si><si><t>一号冲床</t></si></sst>"""),
        ("xl/worksheets/sheet1.xml", """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>lon</t></is></c></row>
            <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>2</v></c><c r="C2"><v>113.25</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>m-2</t></is></c><c r="B4" t="inlineStr"><is><t>Press</t></is></c></row>
            </sheetData></worksheet>
            """),
        ("xl/worksheets/sheet2.xml", """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>more</t></is></c></row></sheetData></worksheet>
            """));

    private static ImportTable Csv(string text) => CsvTable.Read(Encoding.UTF8.GetBytes(text), ImportLimits.Default);

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }
}
