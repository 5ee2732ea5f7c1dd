using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Binding.Compile;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>One run of one operation: its variables, its loaders, its errors.</summary>
internal sealed class RequestExecution(
    BoundSchema bound, OperationPlan plan, IReadOnlyDictionary<string, object?> variables, GraphQLRequestContext context, ErrorMasking masking,
    GraphQLInstruments instruments, GraphQLLimits limits, HeldBytes held, CancellationToken cancellationToken)
{
    private readonly object?[]?[] _arguments = plan.ArgumentSlots == 0 ? [] : new object?[]?[plan.ArgumentSlots];
    private ConcurrentDictionary<Type, BatchLoader>? _loaders;

    public Schema Schema => bound.Schema;

    public OperationPlan Plan { get; } = plan;

    public GraphQLRequestContext Context { get; } = context;

    public ErrorMasking Masking { get; } = masking;

    public GraphQLInstruments Instruments { get; } = instruments;

    public GraphQLLimits Limits { get; } = limits;

    /// <summary>What the request holds in memory.</summary>
    public HeldBytes Held { get; } = held;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What runs now; loaders are called through it.</summary>
    public WaitingFields Waiting { get; private set; } = null!;

    public List<GraphQLError> Errors { get; } = [];

    /// <summary>The arguments of a field as .NET values.</summary>
    /// <exception cref="ArgumentCoercionException">An argument cannot be coerced.</exception>
    public object?[] Arguments(FieldPlan field)
    {
        if (!field.UsesVariables) return field.ConstantArguments ??= ArgumentCoercion.Coerce(field, variables);
        var slot = field.ArgumentSlot;
        // A type planned after this run began has slots that the array does not: coerce without remembering.
        if (slot >= _arguments.Length) return ArgumentCoercion.Coerce(field, variables);
        return _arguments[slot] ??= ArgumentCoercion.Coerce(field, variables);
    }

    /// <summary>Begins another round of waiting: the next field of a mutation, an event of a subscription.</summary>
    public WaitingFields NewWaiting()
    {
        Waiting = new WaitingFields(this);
        _loaders = null; // what an earlier field of a mutation loaded may be out of date
        return Waiting;
    }

    /// <summary>Waits until nothing of a cancelled request runs any more: its services end with it. What heeds no cancellation is left behind
    /// after a while.</summary>
    public async ValueTask EndAsync(TimeProvider clock)
    {
        if (Waiting is null || Waiting.Over.IsCompleted) return;
        await Waiting.Over.WaitAsync(Limits.CancellationGrace, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The JSON of an enum value.</summary>
    /// <exception cref="OutputCoercionException">The value is none of the enum.</exception>
    public byte[] EnumJson(EnumType type, object value) => value switch
    {
        string name when type.Values.TryGetValue(name, out var found) => found.Json,
        Enum clr when bound.Enums.TryGetValue((type, clr.GetType()), out var codec) && codec.TryGetValue(clr, out var json) => json,
        _ => throw new OutputCoercionException($"Enum \"{type}\" cannot represent value: {(value is string ? Language.Printer.Quote((string)value) : value)}"),
    };

    /// <summary>The request's instance of a loader.</summary>
    public TLoader Loader<TLoader>() where TLoader : BatchLoader
    {
        var loaders = LazyInitializer.EnsureInitialized(ref _loaders)!;
        return (TLoader)loaders.GetOrAdd(typeof(TLoader), static (type, self) =>
        {
            var loader = (BatchLoader)ActivatorUtilities.CreateInstance(self.Context.Services, type);
            loader.Scheduler = self.Waiting;
            return loader;
        }, this);
    }

    /// <summary>The plan for a value of a composite field.</summary>
    /// <exception cref="InvalidOperationException">No type of the schema is bound to the value, or one that does not belong there.</exception>
    public ObjectPlan PlanFor(FieldPlan field, object value) =>
        field.Selection!.Only ?? field.Selection.For(bound.RuntimeTypes.Resolve(value, field.Field));
}
