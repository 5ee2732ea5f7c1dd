using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Activations;
using Orleans.Runtime.State;

namespace Orleans.Runtime.Classes;

/// <summary>Makes grain objects: stored state, the activation itself, and services of its scope.</summary>
internal sealed class GrainConstructor
{
    private static readonly MethodInfo OpenState = typeof(GrainConstructor).GetMethod(nameof(MakeState), BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly ConstructorInvoker _invoker;
    private readonly Func<Activation, object?>[] _sources;

    public GrainConstructor(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no constructor.");
        _invoker = ConstructorInvoker.Create(constructor);
        _sources = [.. constructor.GetParameters().Select(p => Source(type, p))];
    }

    public object Create(Activation activation)
    {
        var arguments = new object?[_sources.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _sources[i](activation);
        return _invoker.Invoke(arguments.AsSpan());
    }

    private static Func<Activation, object?> Source(Type grain, ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } stored) return StoredState(grain, parameter, stored);
        if (parameter.ParameterType == typeof(IGrainContext)) return static activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        if (parameter.HasDefaultValue)
            return activation => activation.ActivationServices.GetService(parameter.ParameterType) ?? parameter.DefaultValue;
        return activation => activation.ActivationServices.GetRequiredService(parameter.ParameterType);
    }

    private static Func<Activation, object> StoredState(Type grain, ParameterInfo parameter, PersistentStateAttribute stored)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"{grain}: parameter {parameter.Name} has [PersistentState], so it must be an IPersistentState<T>, not {type}.");
        var make = OpenState.MakeGenericMethod(type.GetGenericArguments()[0]).CreateDelegate<Func<Activation, PersistentStateAttribute, object>>();
        return activation => make(activation, stored);
    }

    private static PersistentState<TState> MakeState<TState>(Activation activation, PersistentStateAttribute stored) => new PersistentState<TState>(activation, stored.StateName, stored.StorageName);
}
