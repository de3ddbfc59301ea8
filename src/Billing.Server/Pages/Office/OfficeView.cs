using Billing.Server.Pages.Language;
using Microsoft.AspNetCore.Components;

namespace Billing.Server.Pages.Office;

/// <summary>What every page of the office, and every part of one, is shown for.</summary>
public abstract class OfficeView : ComponentBase
{
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;

    protected Tongue T => Desk.T;

    protected Formats F => Desk.F;

    /// <summary>A state as a class of the stylesheet.</summary>
    protected static string Css<TEnum>(TEnum state) where TEnum : struct, Enum => state.ToString().ToLowerInvariant();
}
