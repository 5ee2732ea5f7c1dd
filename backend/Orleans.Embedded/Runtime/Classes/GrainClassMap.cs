using System.Reflection;

namespace Orleans.Runtime.Classes;

/// <summary>All grain classes of the process, found by walking the references of its assemblies; checked against the rules of grain interfaces.</summary>
internal sealed class GrainClassMap
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly Dictionary<Type, List<GrainClass>> _byInterface = [];

    public GrainClassMap(IEnumerable<Type> types)
    {
        var problems = new List<string>();
        foreach (var type in types) Add(type, problems);
        foreach (var grainInterface in _byInterface.Keys) problems.AddRange(GrainInterfaceRules.Check(grainInterface));
        if (problems.Count > 0)
            throw new InvalidOperationException("The grains cannot run:" + Environment.NewLine + string.Join(Environment.NewLine, problems.Order(StringComparer.Ordinal)));
    }

    public int Count => _byType.Count;

    public static GrainClassMap OfProcess() => new(GrainAssemblies().SelectMany(Types).Where(IsGrainClass));

    public GrainClass Of(GrainType type) => _byType.TryGetValue(type, out var known) ? known : throw new ArgumentException($"There is no grain class of type {type}.", nameof(type));

    public GrainClass Of(Type grainInterface, string? classNamePrefix = null)
    {
        if (!_byInterface.TryGetValue(grainInterface, out var classes))
            throw new ArgumentException($"Could not find an implementation for interface {grainInterface}.", nameof(grainInterface));
        var fitting = classNamePrefix is null ? classes : [.. classes.Where(c => c.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))];
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw new ArgumentException($"No class that implements {grainInterface} has a name that begins with {classNamePrefix}.", nameof(classNamePrefix)),
            _ => throw new ArgumentException($"Several classes implement {grainInterface}: {string.Join(", ", fitting.Select(c => c.Type))}. Name one by its prefix.", nameof(grainInterface)),
        };
    }

    private static bool IsGrainClass(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(IGrainBase).IsAssignableFrom(type);

    private void Add(Type type, List<string> problems)
    {
        if (type.ContainsGenericParameters)
        {
            problems.Add($"{type} is generic; a grain class may not be.");
            return;
        }
        var grainClass = new GrainClass(type);
        if (!_byType.TryAdd(grainClass.GrainType, grainClass))
            problems.Add($"{type} and {_byType[grainClass.GrainType].Type} have the same grain type {grainClass.GrainType}; give one of them another [GrainType].");
        foreach (var grainInterface in grainClass.Interfaces)
        {
            if (!_byInterface.TryGetValue(grainInterface, out var classes)) _byInterface[grainInterface] = classes = [];
            classes.Add(grainClass);
        }
    }

    private static IEnumerable<Assembly> GrainAssemblies()
    {
        var own = typeof(IGrain).Assembly.GetName().Name;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            if (!seen.Add(assembly.FullName!)) continue;
            var references = assembly.GetReferencedAssemblies();
            if (!references.Any(r => r.Name == own) && assembly != Assembly.GetEntryAssembly()) continue;
            yield return assembly;
            foreach (var reference in references.Where(r => !IsFramework(r.Name!))) open.Enqueue(Assembly.Load(reference));
        }
    }

    private static bool IsFramework(string name) => name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }
}
