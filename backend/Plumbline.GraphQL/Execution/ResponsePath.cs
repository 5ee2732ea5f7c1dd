namespace Plumbline.GraphQL.Execution;

/// <summary>Where in the answer writing is: keys and list positions. Costs nothing until an error needs it.</summary>
internal sealed class ResponsePath
{
    private (string? Key, int Index)[] _steps = new (string?, int)[16];
    private int _depth;

    /// <summary>How many steps deep; set back to leave several at once.</summary>
    public int Depth { get => _depth; set => _depth = value; }

    /// <summary>Adds a step; the answer is the depth before it.</summary>
    public int Push(string key) => Push((key, 0));

    /// <summary>Adds a step; the answer is the depth before it.</summary>
    public int Push(int index) => Push((null, index));

    private int Push((string? Key, int Index) step)
    {
        if (_depth == _steps.Length) Array.Resize(ref _steps, _depth * 2);
        _steps[_depth] = step;
        return _depth++;
    }

    public void Pop() => _depth--;

    public object[] ToArray() => Array.ConvertAll(_steps[.._depth], s => s.Key ?? (object)s.Index);
}
