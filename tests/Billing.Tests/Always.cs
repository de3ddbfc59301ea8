using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Billing.Tests;

/// <summary>Says of a rule that it holds for all inputs, and tries a few hundred: the same ones in every run.</summary>
internal static class Always
{
    private static readonly Config SameEveryRun = Config.QuickThrowOnFailure
        .WithMaxTest(300)
        .WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20260131), FSharpOption<int>.None)));

    public static void Holds<T>(Gen<T> inputs, Action<T> rule) =>
        Check.One(SameEveryRun, Prop.ForAll(inputs.ToArbitrary(), rule));
}
