using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Stands in for the product's blinding in the test's server, and can blind one of those who ask it to nothing: the class that asks is a gate,
/// and is then gone.</summary>
internal sealed class LiftableBlinding
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

    private sealed class Asked(LiftableBlinding lift, IBlinding blinding) : IBlinding
    {
        public ValueTask<BlindedSet> ForAsync(ProjectScope scope, CancellationToken cancellationToken) =>
            lift._lifted is { } gate && IsAskedBy(gate) ? ValueTask.FromResult(BlindedSet.None) : blinding.ForAsync(scope, cancellationToken);

        /// <summary>Whether a method of the gate is the one that called: the first of the product's on the stack.</summary>
        private static bool IsAskedBy(Type gate)
        {
            var caller = new StackTrace(false).GetFrames().Select(f => f.GetMethod()?.DeclaringType)
                .FirstOrDefault(t => t is not null && t.Assembly == gate.Assembly);
            while (caller is { IsNested: true } && caller != gate) caller = caller.DeclaringType;
            return caller == gate;
        }
    }
}
