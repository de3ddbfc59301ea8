using System.Globalization;
using System.Text;
using ClosedXML.Excel;
using CsvHelper;

namespace Billing.Server.Reports;

/// <summary>A table to take away. A cell is a text, a whole number, an amount, or nothing.</summary>
/// <param name="Name">Of the file, or of the sheet; letters and hyphens, at most 31.</param>
/// <param name="Headings">One a column.</param>
/// <param name="Rows">As many cells in each.</param>
internal sealed record Sheet(string Name, IReadOnlyList<string> Headings, IEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <summary>RFC 4180 in UTF-8; amounts in whole units with the currency's decimals and a point.</summary>
    public void WriteCsv(Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        using var csv = CsvWriter.Create(writer, leaveOpen: true);
        csv.WriteRecord([.. Headings]);
        foreach (var row in Rows) csv.WriteRecord([.. row.Select(Text)]);
    }

    /// <summary>One sheet of a workbook: amounts are numbers, and no text is ever a formula.</summary>
    public void WriteTo(XLWorkbook book)
    {
        var sheet = book.AddWorksheet(Name);
        for (var column = 0; column < Headings.Count; column++)
        {
            sheet.Cell(1, column + 1).SetValue(Headings[column]);
            sheet.Cell(1, column + 1).Style.Font.Bold = true;
            sheet.Column(column + 1).Width = Math.Max(12, Headings[column].Length + 2);
        }

        sheet.SheetView.FreezeRows(1);
        var number = 2;
        foreach (var row in Rows)
        {
            for (var column = 0; column < row.Count; column++) Set(sheet.Cell(number, column + 1), row[column]);
            number++;
        }
    }

    private static void Set(IXLCell cell, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case Money money:
                cell.SetValue(Major(money));
                cell.Style.NumberFormat.Format = money.Currency.Exponent == 0 ? "#,##0" : "#,##0." + new string('0', money.Currency.Exponent);
                break;
            case long or int:
                cell.SetValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                // As text, whatever it looks like.
                cell.SetValue(value.ToString());
                break;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        Money money => Major(money).ToString($"F{money.Currency.Exponent}", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Only to be written out; nothing is calculated with it.</summary>
    private static decimal Major(Money money)
    {
        decimal major = money.Minor;
        for (var i = 0; i < money.Currency.Exponent; i++) major /= 10;
        return major;
    }
}
