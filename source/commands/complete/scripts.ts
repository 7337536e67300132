/** What each shell sources. All ask `knet __complete`, whose last line is `:N`: 2 no space behind, 4 no files. */
export const scripts = {bash, zsh, fish, powershell, kubectl} as const;

export const shells = Object.keys(scripts) as readonly (keyof typeof scripts)[];

// Bash splits words at : and =, which targets and flags hold: the line is split at spaces, and what bash has already is cut off.
function bash(): string {
	return String.raw`# bash completion of knet: source <(knet completion bash)
_knet() {
  local line=${'$'}{COMP_LINE:0:COMP_POINT} words answer directive value cut
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  local current=${'$'}{words[${'$'}{#words[@]}-1]}
  answer=$("${'$'}{words[0]}" __complete "${'$'}{words[@]:1}" 2>/dev/null) || return 0
  directive=${'$'}{answer##*:}
  COMPREPLY=()
  cut=${'$'}{current%"${'$'}{current##*[:=]}"}
  while IFS=$'\t' read -r value _; do
    [[ $value == :* || -z $value ]] || COMPREPLY+=("${'$'}{value#"$cut"}")
  done <<<"$answer"
  (( directive & 2 )) && compopt -o nospace 2>/dev/null
  if (( ! (directive & 4) )) && (( ${'$'}{#COMPREPLY[@]} == 0 )); then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "${'$'}{current##*[:=]}")
  fi
  return 0
}
complete -F _knet knet kubectl-knet
`;
}

function zsh(): string {
	return String.raw`#compdef knet kubectl-knet
# zsh completion of knet: source <(knet completion zsh), or write it to a file _knet of $fpath
_knet() {
  local -a lines values shown
  local line directive
  lines=("${'$'}{(@f)$("${'$'}{words[1]}" __complete "${'$'}{(@)words[2,CURRENT]}" 2>/dev/null)}")
  directive=${'$'}{lines[-1]#:}
  for line in "${'$'}{(@)lines[1,-2]}"; do
    values+=("${'$'}{line%%$'\t'*}")
    [[ $line == *$'\t'* ]] && shown+=("${'$'}{line%%$'\t'*}  -- ${'$'}{line#*$'\t'}") || shown+=("$line")
  done
  if (( ${'$'}{#values} )); then
    if (( directive & 2 )); then compadd -S '' -l -d shown -- "${'$'}{values[@]}"
    else compadd -l -d shown -- "${'$'}{values[@]}"; fi
  elif (( ! (directive & 4) )); then _files; fi
}
if [[ ${'$'}{zsh_eval_context[-1]} == loadautofunc ]]; then _knet "$@"
else (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }; compdef _knet knet kubectl-knet; fi
`;
}

function fish(): string {
	return String.raw`# fish completion of knet: knet completion fish | source
function __knet_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    set -l directive (string replace : '' -- $lines[-1])
    set -e lines[-1]
    if test (count $lines) -gt 0
        printf '%s\n' $lines
    else if test -n "$directive"; and test (math "bitand($directive, 4)") -eq 0
        __fish_complete_path "$current"
    end
end
complete -c knet -e
complete -c knet -f -a '(__knet_complete)'
complete -c kubectl-knet -f -a '(__knet_complete)'
`;
}

function powershell(): string {
	return String.raw`# PowerShell completion of knet: knet completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName knet, kubectl-knet -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $end = $cursorPosition - $commandAst.Extent.StartOffset
    if ($line.Length -lt $end) { $line = $line.PadRight($end) }
    $words = @($line.Substring(0, $end) -split '\s+')
    $rest = @($words | Select-Object -Skip 1)
    if ($rest.Count -gt 0 -and $rest[-1] -eq '') { $rest[-1] = '""' }
    & $words[0] __complete @rest 2>$null | Where-Object { $_ -notmatch '^:\d+$' } | ForEach-Object {
        $value, $about = $_ -split "${'`'}t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
`;
}

/** kubectl asks a program of this name, on the PATH, for its plugin knet. Source: kubectl, plugin completion (1.26). */
function kubectl(): string {
	return String.raw`#!/bin/sh
# Completion of kubectl knet: write this to a file kubectl_complete-knet on the PATH, executable. npm installs it so.
exec kubectl-knet __complete-plugin "$@"
`;
}
