using System.Reflection;

namespace Orleans.Runtime.Classes;

/// <summary>What a grain interface may declare: methods that return Task, ValueTask or IAsyncEnumerable and take nothing by reference.</summary>
internal static class GrainInterfaceRules
{
    public static IEnumerable<string> Check(Type grainInterface)
    {
        if (!typeof(IGrainWithStringKey).IsAssignableFrom(grainInterface) && !typeof(IGrainWithGuidKey).IsAssignableFrom(grainInterface) && grainInterface != typeof(IRemindable))
            yield return $"{grainInterface} must derive from IGrainWithStringKey or IGrainWithGuidKey.";
        foreach (var property in grainInterface.GetProperties()) yield return $"{grainInterface}.{property.Name} is a property; a grain interface has methods only.";
        foreach (var happening in grainInterface.GetEvents()) yield return $"{grainInterface}.{happening.Name} is an event; a grain interface has methods only.";
        foreach (var method in grainInterface.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => !m.IsSpecialName))
        {
            var name = $"{grainInterface}.{method.Name}";
            if (method.IsStatic) yield return $"{name} is static; a grain interface has instance methods only.";
            if (!IsAsynchronous(method.ReturnType)) yield return $"{name} returns {method.ReturnType}; a grain method returns Task, ValueTask or IAsyncEnumerable.";
            foreach (var parameter in method.GetParameters().Where(p => p.ParameterType.IsByRef || p.ParameterType.IsByRefLike || p.ParameterType.IsPointer))
                yield return $"{name} takes {parameter.Name} by reference; everything is passed by value.";
        }
    }

    private static bool IsAsynchronous(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask)) return true;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Task<>) || definition == typeof(ValueTask<>) || definition == typeof(IAsyncEnumerable<>);
    }
}
