using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Stands in for the product's blinding in the test's server, and can blind one of those who ask it to nothing: the class that asks is a gate,
/// and is then gone.</summary>
internal sealed class LiftableBlinding(GateLog log)
{
    private volatile Type? _lifted;

    /// <summary>The gates: every class of the product that asks what a caller is blinded to.</summary>
    public static IReadOnlyList<Type> Gates { get; } =
    [
        .. typeof(ReviewsFeature).Assembly.GetTypes()
            .Where(t => t.GetConstructors().Any(c => Array.Exists(c.GetParameters(), p => p.ParameterType == typeof(IBlinding))))
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    public void Replace(IServiceCollection services)
    {
        var own = services.Last(s => s.ServiceType == typeof(IBlinding)).ImplementationType!;
        services.AddSingleton<IBlinding>(provider => new Asked(this, (IBlinding)ActivatorUtilities.CreateInstance(provider, own)));
    }

    public void Lift(Type? gate) => _lifted = gate;

    private GateLog Log => log;

    private sealed class Asked(LiftableBlinding lift, IBlinding blinding) : IBlinding
    {
        public ValueTask<BlindedSet> ForAsync(ProjectScope scope, CancellationToken cancellationToken)
        {
            if (GateLog.IsOn && Caller() is { } gate) lift.Log.Note(gate);
            var isLifted = lift._lifted is { } lifted && Caller() == lifted;
            return isLifted ? ValueTask.FromResult(BlindedSet.None) : blinding.ForAsync(scope, cancellationToken);
        }

        /// <summary>The gate that called: the first class of the product's on the stack.</summary>
        private static Type? Caller()
        {
            var product = typeof(ReviewsFeature).Assembly;
            var callers = new StackTrace(false).GetFrames().Select(f => f.GetMethod()?.DeclaringType);
            var caller = callers.FirstOrDefault(t => t is not null && t.Assembly == product);
            while (caller is { IsNested: true } && !Gates.Contains(caller)) caller = caller.DeclaringType;
            return caller;
        }
    }
}
